import { asWords } from '../as-words.ts';
import type { Form } from '../form.ts';
import type { State } from '../state.ts';

/** The name of the form of a task that names none; no author can write such a name. */
export function emptyFormName(state: string): string {
  return `${EMPTY_FORM}${state}`;
}

const EMPTY_FORM = '@';

/** A task without a form asks for its outcome alone. Gives the forms of all such tasks inside. */
export function emptyForms(state: State): readonly Form[] {
  if (state.kind === 'states' || state.kind === 'parallel') {
    return state.children.flatMap(emptyForms);
  }
  if (state.kind !== 'task' || state.form !== emptyFormName(state.id)) return [];
  const path = [...state.path, 'task'];
  return [
    {
      path,
      name: state.form,
      title: state.title ?? asWords(state.name),
      show: [],
      items: [],
      pages: [{ path, fields: [] }],
      outcomes: [],
      rules: [],
      summary: false,
    },
  ];
}
