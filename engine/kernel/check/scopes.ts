import type { Classification } from '../classification.ts';
import type { CoreView } from '../core-view.ts';
import type { Form, FormField } from '../definition/form.ts';
import type { Audience, Presser } from '../definition/people.ts';
import type { Start, Workflow } from '../definition/workflow.ts';
import type { State } from '../definition/state.ts';
import { regionField } from '../expressions/region-names.ts';
import { questionAbout } from '../expressions/state-questions.ts';
import { remembered } from '../remembered.ts';
import { TEXT, YES_NO, objectOf, oneOf, withEmptiness } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import { asks } from './asked-fields.ts';
import { decisionResult } from './decision-result.ts';
import { messageType } from './message-type.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { itemVariable, resultsVariable } from './item-scope.ts';
import { endingsOf, formOf, itemOutcomes, outcomesOf } from './outcomes.ts';
import { withinState } from './statechart.ts';
import type { Variables } from './variables.ts';

/**
 * The names in scope at every kind of place of one workflow. The checker and the compiler both
 * read them here, so that what is checked is what runs.
 */
export interface WorkflowScopes {
  /** Everywhere in a running case: its data, `starter` and `reference`. */
  readonly case: Variables;
  /** Where the work of a state, or of one item of it, begins: also the item. */
  begun(state: State): Variables;
  /** In `until` of a `forEach`: also `results`. */
  until(state: State): Variables;
  /** In `save` and `set` of a start: also `form` or `message`, where it begins with one. */
  start(start: Start): Variables;
  /** In `once` of a start: as in its `set`, but for the reference, which every case has anew. */
  once(start: Start): Variables;
  /** In `when` of a form's fields and `must` of its rules: also `form` and `outcome`. */
  form(form: Form): Variables;
  /** In the rules of `on: OUTCOME` of a state: also what its work, or its end, gave. */
  outcome(state: State, outcome: string): Variables;
  /** In `save`: also `result`, or `message`. */
  work(state: State): Variables;
  /** In `with` of an `undo`: also what the state, or one item of it, has come to. */
  undo(state: State): Variables;
  /** In the rules of `done`. */
  done(state: State): Variables;
  /** In the rules of `next`: also `result` of a decision. */
  next(state: State): Variables;
  /** In the rules of a button: also `actor`, and `form` where it asks for one. */
  press(state: State, button: string): Variables;
  /** In the rules of a message under `on`: also `message`. */
  heard(message: string): Variables;
  /** In the rules of `failed`: also `error`. */
  failed(state: State): Variables;
}

const INTERNAL: Classification = { level: 'internal', tags: [] };
const PERSONAL: Classification = { level: 'internal', tags: ['personal'] };

const ERROR = objectOf({ code: TEXT, message: { ...TEXT, classification: INTERNAL } }, INTERNAL);
/** A person; whoever signed in has an address. */
function personType(isSignedIn: boolean): ValueType {
  return objectOf(
    {
      id: { ...TEXT, classification: INTERNAL },
      name: { ...TEXT, classification: PERSONAL },
      email: { ...TEXT, classification: PERSONAL, mayBeEmpty: !isSignedIn },
    },
    PERSONAL,
  );
}

const STAFF = personType(true);
const ANYBODY = personType(false);

/** Who acts on a state's work: a task is for those who signed in. */
function workerOf({ kind }: State): ValueType {
  return kind === 'task' ? STAFF : ANYBODY;
}

function isForStaff(who: Audience | Presser | undefined): boolean {
  return who !== undefined && !OUTSIDERS.has(who.kind);
}

const OUTSIDERS: ReadonlySet<string> = new Set(['public', 'customer', 'api']);

/** Tells what every expression of a workflow may name. */
export function scopeOf(workflow: Workflow, core: CoreView): WorkflowScopes {
  const starter = workflow.starts.every(
    (start) => start.kind === 'form' && isForStaff(start.audience),
  )
    ? STAFF
    : ANYBODY;
  const everywhere: Variables = {
    ...Object.fromEntries(workflow.data.map((field) => [field.name, field.type])),
    starter,
    reference: TEXT,
    ...questions(workflow),
  };
  const forms = new Map(workflow.forms.map((form) => [form.name, form]));

  const inForm = remembered((form: Form): Variables => {
    const outcomes = outcomesOf(form, workflow);
    return {
      ...everywhere,
      ...Object.fromEntries(form.items.map(({ name, type }) => [name, type])),
      form: ownFields(form, (field) => field.required && field.when === undefined),
      ...(outcomes.length > 0 && { outcome: oneOf(outcomes) }),
    };
  });
  const completed = (form: Form, outcome?: string): ValueType => {
    const variables = inForm(form);
    return ownFields(form, (field) => field.required && asks(field, outcome, variables) === 'yes');
  };
  const results = (state: State): Variables => {
    const form = forms.get(formOf(state) ?? '');
    if (form === undefined) {
      const outcomes = state.kind === 'run' ? core.runnables.get(state.workflow)?.outcomes : [];
      return resultsVariable(state, { outcomes: outcomes ?? [] }, core);
    }
    const outcomes = itemOutcomes(state, form);
    return resultsVariable(
      state,
      { outcomes, completed: { form: completed(form), by: workerOf(state) } },
      core,
    );
  };
  const until = remembered((state: State) => joined(everywhere, results(state)));
  const work = remembered((state: State): Variables => {
    const given = joined(
      everywhere,
      workType(state, workflow, core, everywhere),
      itemVariable(state),
      results(state),
    );
    const form = forms.get(formOf(state) ?? '');
    if (form === undefined || forEachOf(state) === undefined) return given;
    const outcome = oneOf(itemOutcomes(state, form));
    return { ...given, form: completed(form), outcome, actor: workerOf(state) };
  });

  const startScope = (start: Start): Variables => {
    if (start.kind === 'message') {
      return { ...everywhere, message: messageType([start.message], core) };
    }
    const form = start.kind === 'form' ? forms.get(start.form) : undefined;
    return form === undefined ? everywhere : { ...everywhere, form: completed(form) };
  };
  const undo = remembered((state: State): Variables => {
    const form = forms.get(formOf(state) ?? '');
    if (form === undefined || forEachOf(state) !== undefined) {
      return joined(work(state), endOf(state, core));
    }
    const outcomes = itemOutcomes(state, form);
    return {
      ...work(state),
      form: completed(form),
      outcome: oneOf(outcomes),
      actor: workerOf(state),
    };
  });

  const outcome = rememberedByName((state: State, name): Variables => {
    const chosen = { ...TEXT, literal: name };
    const form = forms.get(formOf(state) ?? '');
    if (form === undefined) return { ...work(state), ...regionOutcomes(state), outcome: chosen };
    return {
      ...work(state),
      form: completed(form, name),
      outcome: chosen,
      actor: workerOf(state),
    };
  });

  return {
    case: everywhere,
    undo,
    begun: remembered((state: State) => joined(everywhere, itemVariable(state))),
    until,
    form: inForm,
    work,
    start: startScope,
    once: (start) =>
      Object.fromEntries(
        Object.entries(startScope(start)).filter(([name]) => name !== 'reference'),
      ),
    outcome,
    done: remembered((state: State) =>
      forEachOf(state) === undefined ? joined(work(state), endOf(state, core)) : until(state),
    ),
    next: (state) => (state.kind === 'decide' ? work(state) : everywhere),
    press: rememberedByName(({ buttons }: State, name): Variables => {
      const button = buttons.find((one) => one.name === name);
      const form = forms.get(button?.form ?? '');
      const asked = form && { form: completed(form) };
      const by = button?.by;
      const actor = by?.kind === 'starter' ? starter : isForStaff(by) ? STAFF : ANYBODY;
      return { ...everywhere, ...asked, actor };
    }),
    heard: (message) => ({ ...everywhere, message: messageType([message], core) }),
    failed: remembered((state: State) => ({ ...until(state), error: ERROR })),
  };
}

/** More names beside others; most places have no more. */
function joined(names: Variables, ...more: readonly (Variables | undefined)[]): Variables {
  const further = more.filter((one) => one !== undefined && Object.keys(one).length > 0);
  return further.reduce<Variables>((all, one) => ({ ...all, ...one }), names);
}

/** The same answer for the same name of a part: every rule of the checker asks again. */
function rememberedByName<T extends object>(
  scopeOfPart: (part: T, name: string) => Variables,
): (part: T, name: string) => Variables {
  const known = new Map<string, (part: T) => Variables>();
  return (part, name) => {
    const scope = known.get(name) ?? remembered((one: T) => scopeOfPart(one, name));
    known.set(name, scope);
    return scope(part);
  };
}

/** The answers to `in(path)` and `finished(path)`, for every state that its author named. */
function questions({ root }: Workflow): Variables {
  const paths = withinState(root)
    .map(({ id }) => id)
    .filter((id) => id !== '');
  return Object.fromEntries(
    paths.flatMap((path) =>
      ['in', 'finished'].map((word): [string, ValueType] => [questionAbout(word, path), YES_NO]),
    ),
  );
}

/** The form's own fields as one object; `isSure` tells which of them cannot be empty. */
function ownFields(form: Form, isSure: (field: FormField) => boolean): ValueType {
  const fields = form.pages
    .flatMap((page) => page.fields)
    .flatMap((field) => {
      const [name] = field.target;
      if (field.scope !== 'form' || field.own === undefined || name === undefined) return [];
      const { type } = field.own;
      return [[name, withEmptiness(type, type.kind !== 'list' && !isSure(field))] as const];
    });
  return objectOf(Object.fromEntries(fields));
}

function workType(
  state: State,
  workflow: Workflow,
  core: CoreView,
  everywhere: Variables,
): Variables | undefined {
  if (state.kind === 'call') return named('result', core.operations.get(state.operation)?.output);
  if (state.kind === 'run') return named('result', core.runnables.get(state.workflow)?.output);
  if (state.kind === 'wait') return { message: messageType(state.messages, core) };
  if (state.kind !== 'decide') return undefined;
  const decision = workflow.decisions.find(({ name }) => name === state.decision);
  return decision && { result: decisionResult(decision, everywhere) };
}

function named(name: string, type: ValueType | undefined): Variables | undefined {
  return type && { [name]: type };
}

function endOf(state: State, core: CoreView): Variables {
  if (state.kind === 'run') {
    const outcomes = core.runnables.get(state.workflow)?.outcomes ?? [];
    return outcomes.length > 0 ? { outcome: oneOf(outcomes) } : {};
  }
  if (state.kind === 'parallel') return regionOutcomes(state);
  if (state.kind !== 'states') return {};
  const endings = endingsOf(state);
  const outcomes = [...endings].filter((ending) => ending !== undefined);
  if (outcomes.length === 0) return {};
  return { outcome: withEmptiness(oneOf(outcomes), endings.has(undefined)) };
}

/** `outcomes.REGION`, for every region that can end with an outcome. */
function regionOutcomes(state: State): Variables {
  if (state.kind !== 'parallel') return {};
  const { children, join } = state;
  const fields = children.flatMap((region): [string, ValueType][] => {
    const endings = endingsOf(region);
    const outcomes = [...endings].filter((ending) => ending !== undefined);
    if (outcomes.length === 0) return [];
    const isSure = join === children.length && region.when === undefined;
    const mayBeEmpty = !isSure || endings.has(undefined);
    return [[regionField(region.name), withEmptiness(oneOf(outcomes), mayBeEmpty)]];
  });
  return fields.length === 0 ? {} : { outcomes: objectOf(Object.fromEntries(fields)) };
}
