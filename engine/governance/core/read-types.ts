import type { Problem } from '../../kernel/problem.ts';
import { typeProblems } from './check-meaning.ts';
import { layFilesOut } from './file-layout.ts';
import { readForms } from './read-forms.ts';
import type { TypeFile } from './types.ts';

/** The types of a core that were read; they are absent where there is an error in one of them. */
export interface ReadTypes {
  readonly types?: ReadonlyMap<string, TypeFile>;
  readonly problems: readonly Problem[];
}

/** Reads the types alone of a core's files, whatever is wrong in the others. */
export function readTypes(files: ReadonlyMap<string, string>): ReadTypes {
  const ofTypes = new Map([...files].filter(([path]) => path.startsWith('types/')));
  const layout = layFilesOut(ofTypes);
  const { forms, problems } = readForms(layout.files.filter(({ kind }) => kind === 'type'));
  const found = problems.length > 0 ? problems : typeProblems(forms.types);
  if (found.length > 0) return { problems: found };
  return { types: new Map(forms.types.map(({ value }) => [value.type, value])), problems: [] };
}
