import { DATA_PATH } from '../definition/schema/patterns.ts';
import type { Presser } from '../definition/people.ts';
import type { Expression } from '../definition/values.ts';
import type { Form } from '../definition/form.ts';
import type { State } from '../definition/state.ts';
import type { Timer } from '../definition/rules.ts';
import type { Workflow } from '../definition/workflow.ts';
import type { Choice } from './choices.ts';
import type { DataChanges } from './data-changes.ts';
import type { FactReader } from './fact-reader.ts';
import type { Filled } from './filled-fields.ts';
import { completion, union } from './filled-fields.ts';
import { withItemFacts } from './item-facts.ts';
import { eachItemOf } from '../definition/each-item-of.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { formOf } from './outcomes.ts';
import type { WorkflowScopes } from './scopes.ts';
import type { Variables } from './variables.ts';

const DATA_FIELD = new RegExp(DATA_PATH);

/** What the work of states reads and writes, and when. */
export class StateWork {
  readonly #workflow: Workflow;
  readonly #forms: ReadonlyMap<string, Form>;
  readonly #scopes: WorkflowScopes;
  readonly #changes: DataChanges;
  readonly #reader: FactReader;

  constructor(
    workflow: Workflow,
    scopes: WorkflowScopes,
    changes: DataChanges,
    reader: FactReader,
  ) {
    this.#workflow = workflow;
    this.#forms = new Map(workflow.forms.map((form) => [form.name, form]));
    this.#scopes = scopes;
    this.#changes = changes;
    this.#reader = reader;
  }

  /** While a case is in a state: the keys of the messages that it hears, and who may press. */
  meanwhile(state: State, filled: Filled): void {
    for (const { match } of state.hears) {
      this.#reader.read(match, this.#scopes.case, filled, state.id);
    }
    for (const expression of state.buttons.flatMap(({ by }) => formulasOf(by))) {
      this.#reader.read(expression, this.#scopes.case, filled, state.id);
    }
  }

  /** After the work of a state has begun. A decision is made, and saved, at once. */
  begun(state: State, filled: Filled): Filled {
    const forEach = forEachOf(state) ?? eachItemOf(state);
    if (forEach !== undefined) this.#reader.read(forEach.in, this.#scopes.case, filled, state.id);
    const inside = forEach === undefined ? filled : withItemFacts(forEach, filled);
    for (const expression of this.#readAtBegin(state)) {
      this.#reader.read(expression, this.#scopes.begun(state), inside, state.id);
    }
    if (state.kind !== 'decide') return filled;
    const after = this.#changes.written(filled, state.save, this.#scopes.work(state), state.id);
    this.completed(state, after);
    return after;
  }

  /** When what was done in a state is complete: how it would be taken back is worked out. */
  completed(state: State, filled: Filled): void {
    for (const { value } of state.undo?.with ?? []) {
      this.#reader.read(value, this.#scopes.undo(state), filled, state.id);
    }
  }

  /** Whom a task escalates to is worked out while the case is in its state. */
  readRungs(state: State, inside: Filled): void {
    if (state.kind !== 'task') return;
    const { forEach } = state;
    const known = forEach === undefined ? inside : withItemFacts(forEach, inside);
    for (const expression of state.escalate.flatMap(({ assign }) => formulasOf(assign))) {
      this.#reader.read(expression, this.#scopes.begun(state), known, state.id);
    }
  }

  /** After what has just happened to a state gave its values, before any rule is read. */
  ended({ state, moment }: Choice, filled: Filled): Filled {
    if (moment.kind === 'press') return this.#pressed(state, moment.button, filled);
    if (moment.kind === 'after') return this.#fired(moment.timer, state, filled);
    if (moment.kind !== 'done' && moment.kind !== 'outcome') return filled;
    const form = this.#forms.get(formOf(state) ?? '');
    if (form !== undefined) {
      const outcome = moment.kind === 'outcome' ? moment.outcome : undefined;
      const variables = this.#scopes.form(form);
      const after = this.#changes.answered(filled, form, outcome, variables, state.id);
      this.completed(state, after);
      return union(after, [completion(state.id)]);
    }
    return this.#saved(state, filled);
  }

  /** The data paths that a pressed button's form may empty. */
  emptiedBy({ state, moment }: Choice): readonly string[] {
    if (moment.kind !== 'press') return [];
    const fields = (this.#formOf(state, moment.button)?.pages ?? []).flatMap((page) => page.fields);
    return fields
      .filter(({ scope, required }) => scope === 'data' && !required)
      .map(({ target }) => target.join('.'));
  }

  #formOf(state: State, name: string): Form | undefined {
    const button = state.buttons.find((one) => one.name === name);
    return this.#forms.get(button?.form ?? '');
  }

  /** After a button was pressed, with the form that it asks for. */
  #pressed(state: State, name: string, filled: Filled): Filled {
    const form = this.#formOf(state, name);
    if (form === undefined) return filled;
    return this.#changes.answered(filled, form, undefined, this.#scopes.form(form), state.id);
  }

  /** A timer fires only while the value that it follows is there. */
  #fired({ timing }: Timer, state: State, filled: Filled): Filled {
    if (timing.kind !== 'at' && timing.kind !== 'in') return filled;
    this.#reader.read(timing.value, this.#scopes.case, filled, state.id);
    const path = timing.value.source.trim();
    return DATA_FIELD.test(path) ? union(filled, [path]) : filled;
  }

  /** After `save`, which comes before everything else that reads what the work gave. */
  #saved(state: State, filled: Filled): Filled {
    if (state.kind !== 'call' && state.kind !== 'run' && state.kind !== 'wait') return filled;
    const variables = this.#scopes.work(state);
    const after = this.#changes.written(filled, state.save, variables, state.id);
    this.completed(state, after);
    return after;
  }

  #readAtBegin(state: State): readonly Expression[] {
    switch (state.kind) {
      case 'task':
        return formulasOf(state.assign);
      case 'call':
      case 'run':
      case 'start':
        return state.with.map(({ value }) => value);
      case 'ask':
        return [state.to];
      case 'wait':
        return [state.match];
      case 'decide':
        return this.#workflow.decisions
          .filter(({ name }) => name === state.decision)
          .flatMap(({ inputs }) => inputs.map(({ value }) => value));
      default:
        return [];
    }
  }
}

/** The names in scope in the rules of a choice. */
export function variablesOf({ state, moment }: Choice, scopes: WorkflowScopes): Variables {
  switch (moment.kind) {
    case 'done':
      return scopes.done(state);
    case 'failed':
      return scopes.failed(state);
    case 'next':
      return scopes.next(state);
    case 'outcome':
      return scopes.outcome(state, moment.outcome);
    case 'press':
      return scopes.press(state, moment.button);
    case 'message':
      return scopes.heard(moment.message);
    default:
      return scopes.case;
  }
}

/** The formulas that say whom a task or a button is for. */
export function formulasOf(who: Presser): readonly Expression[] {
  if (who.kind === 'roles') return [who.roles];
  return who.kind === 'person' ? [who.person] : [];
}
