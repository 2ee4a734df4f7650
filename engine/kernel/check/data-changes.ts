import type { Actions, Transition } from '../definition/rules.ts';
import type { Assignment, DataField, Expression } from '../definition/values.ts';
import type { ForEach } from '../definition/work.ts';
import type { Form, FormField } from '../definition/form.ts';
import type { Start } from '../definition/workflow.ts';
import type { Json } from '../json.ts';
import { ITEM } from '../types/schema-at.ts';
import { asks } from './asked-fields.ts';
import { withItemFacts } from './item-facts.ts';
import type { FactReader } from './fact-reader.ts';
import { keptAt } from './form-places.ts';
import type { FieldSpace, Filled } from './filled-fields.ts';
import { meet, union } from './filled-fields.ts';
import type { Variables } from './variables.ts';

/** Works out what is present after something was written, and shows every expression to the reader. */
export class DataChanges {
  readonly #space: FieldSpace;
  readonly #reader: FactReader;

  constructor(space: FieldSpace, reader: FactReader) {
    this.#space = space;
    this.#reader = reader;
  }

  /** After assignments, which all read the data as they were before. */
  written(
    before: Filled,
    assignments: readonly Assignment[],
    variables: Variables,
    state: string,
  ): Filled {
    let after = before;
    for (const { target, value } of assignments) {
      const read = this.#reader.read(value, variables, before, state);
      after =
        read === undefined
          ? // What is wrong with the value is told at its own place, and once is enough.
            this.#space.filledWhole(after, target)
          : this.#space.assigned(after, target, read.type);
    }
    return after;
  }

  /** After actions: `set` first, then what is sent. */
  acted(before: Filled, actions: Actions, variables: Variables, state: string): Filled {
    const after = this.written(before, actions.set, variables, state);
    for (const { to } of actions.send) {
      if (to.kind === 'address') this.#reader.read(to.address, variables, after, state);
    }
    return after;
  }

  /** After one more item was given to a `forEach`: of it nothing is known but what it is. */
  added(
    before: Filled,
    { add }: Transition,
    forEach: ForEach | undefined,
    variables: Variables,
    state: string,
  ): Filled {
    if (add === undefined) return before;
    const read = this.#reader.read(add, variables, before, state);
    if (forEach?.list === undefined) return before;
    const known = read && this.#space.assigned(new Set(), [...forEach.list, '[]'], read.type);
    const start = `${forEach.list.join('.')}.[].`;
    return new Set([...before].filter((path) => !path.startsWith(start) || known?.has(path)));
  }

  /** After a form came back: an optional field that it asked for may have been emptied. */
  answered(
    before: Filled,
    form: Form,
    outcome: string | undefined,
    variables: Variables,
    state: string,
  ): Filled {
    let after = before;
    for (const field of form.pages.flatMap((page) => page.fields)) {
      if (field.scope !== 'data') continue;
      const asked = asks(field, outcome, variables);
      if (asked === 'no') continue;
      if (!field.required) after = this.#space.cleared(after, keptAt(field));
      else if (asked === 'yes') after = this.#space.filledWhole(after, keptAt(field));
      if (asked !== 'maybe') after = this.#withColumns(after, field);
    }
    return this.#readForm(form, meet(before, after), after, variables, state);
  }

  /** Every item of a list that came back has the columns that must be filled. */
  #withColumns(before: Filled, { columns = [], ...field }: FormField): Filled {
    return columns
      .filter(({ required }) => required)
      .reduce((after, { name }) => {
        return this.#space.filledWhole(after, [...keptAt(field), ITEM, name]);
      }, before);
  }

  /** After a start: defaults, then what its form, message or caller gives, then its `set`. */
  started(
    start: Start,
    data: readonly DataField[],
    form: Form | undefined,
    scopes: StartScopes,
  ): Filled {
    let after = this.#space.always;
    for (const { name, default: value } of data) {
      if (value !== undefined) after = union(after, pathsOf(name, value));
    }
    if (form !== undefined) {
      after = this.answered(after, form, undefined, scopes.form, '');
    }
    if (start.kind === 'run' || start.kind === 'api') {
      for (const name of start.fields) {
        after = this.#space.filledWhole(after, name.split('.'));
      }
    }
    if (start.kind === 'message') after = this.written(after, start.save, scopes.set, '');
    after = this.written(after, start.set, scopes.set, '');
    if (start.once !== undefined) this.#reader.read(start.once, scopes.once, after, '');
    return after;
  }

  /** An accepted form keeps its rules: what they show to be present is so from then on. */
  #readForm(
    form: Form,
    whileFilling: Filled,
    after: Filled,
    variables: Variables,
    state: string,
  ): Filled {
    const read = (expression: Expression, filled: Filled): readonly string[] => {
      const known = form.items.reduce<Filled>(
        (facts, { name, list }) => withItemFacts({ item: name, ...(list && { list }) }, facts),
        filled,
      );
      return this.#reader.read(expression, variables, known, state)?.presentWhenTrue ?? [];
    };
    for (const { when } of form.pages.flatMap((page) => page.fields)) {
      if (when !== undefined) read(when, whileFilling);
    }
    return form.rules.reduce((kept, { must }) => union(kept, read(must, after)), after);
  }
}

interface StartScopes {
  readonly form: Variables;
  readonly set: Variables;
  readonly once: Variables;
}

function pathsOf(path: string, value: Json): readonly string[] {
  if (value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return [path];
  const inner = Object.entries(value).flatMap(([name, part]) => pathsOf(`${path}.${name}`, part));
  return [path, ...inner];
}
