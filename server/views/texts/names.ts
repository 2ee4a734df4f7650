import { authoredPlaces } from '../../../engine/index.ts';
import type { State, Text, Workflow } from '../../../engine/index.ts';
import { asWords } from './words.ts';

/** What people call the parts of a workflow. */
export interface Names {
  /** A state by its id. */
  state(id: string): string;
  /** A button of a state, by the state's id. */
  button(state: string, name: string): string;
  /** A form by its name. */
  form(name: string): string;
  /** An outcome of a form. */
  outcome(form: string | undefined, outcome: string): string;
}

/** Gives the titles that the author wrote, else the names as words. */
export function namesOf({ root, forms }: Workflow): Names {
  const states = new Map<string, State>();
  const note = (state: State): void => {
    states.set(state.id, state);
    if ('children' in state) state.children.forEach(note);
  };
  note(root);
  const formOf = (name: string | undefined) => forms.find((form) => form.name === name);
  return {
    state: (id) => stateName(states, id),
    button: (state, name) => {
      const button = states.get(state)?.buttons.find((one) => one.name === name);
      return plainText(button?.title) ?? asWords(name);
    },
    form: (name) => plainText(formOf(name)?.title) ?? asWords(name),
    outcome: (form, outcome) => {
      const titles = formOf(form)?.outcomes.find(({ name }) => name === outcome)?.title;
      return plainText(titles) ?? asWords(outcome);
    },
  };
}

/** A text in English, else in the first language that it has. */
export function plainText(text: Text | undefined): string | undefined {
  if (text === undefined || typeof text === 'string') return text;
  return text['en'] ?? Object.values(text)[0];
}

function stateName(states: ReadonlyMap<string, State>, id: string): string {
  const title = plainText(states.get(id)?.title);
  // A task's title is filled in for each case, and says nothing about all of them.
  if (title !== undefined && !title.includes('{{')) return title;
  const [place] = authoredPlaces([id], { states });
  return asWords(place?.name ?? id);
}
