import { asWords } from '../definition/as-words.ts';
import type { State } from '../definition/state.ts';
import type { Text } from '../definition/values.ts';

/** What people call a state: its title, else its name as words. */
export function stateTitle(state: State): string {
  const title = oneLanguage(state.title ?? '');
  // A task's title is filled in for each case, and says nothing about all of them.
  return title === '' || title.includes('{{') ? asWords(writtenName(state)) : title;
}

/** The work of a region that is nothing else has no name in the text but that of the region. */
function writtenName({ name, path }: State): string {
  const written = path.at(-1);
  return typeof written === 'string' ? written : name;
}

/** A text in the first language that it has. */
function oneLanguage(text: Text): string {
  return typeof text === 'string' ? text : (Object.values(text)[0] ?? '');
}
