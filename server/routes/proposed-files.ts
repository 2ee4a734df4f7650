import type { CoreRelease } from '../../engine/index.ts';
import type { RouteRequest } from './route.ts';

/** Files of the core as somebody wants them, by path; `null` takes one away. */
export type ProposedFiles = Readonly<Record<string, string | null>>;

/** What stands before the path of a file that was changed on the page before. */
const CHANGED = 'changed:';

/** The files that were changed so far and are not stored yet, from the fields of a form. */
export function filesIn(fields: RouteRequest<unknown>['fields']): ProposedFiles {
  return Object.fromEntries(
    fields
      .filter(([name]) => name.startsWith(CHANGED))
      .map(([name, text]) => [name.slice(CHANGED.length), textOf(text)]),
  );
}

/** The fields that carry such files from page to page. */
export function hiddenFiles(files: ProposedFiles): readonly { name: string; value: string }[] {
  return Object.entries(files).map(([path, text]) => ({
    name: `${CHANGED}${path}`,
    value: text ?? '',
  }));
}

/** What somebody has entered of one file: line ends as in the core, and nothing takes it away. */
export function textOf(entered: string): string | null {
  const text = entered.replaceAll('\r\n', '\n');
  return text.trim() === '' ? null : text;
}

/** A change with these files as they are wanted; a file that is as in the release is no part of it. */
export function changeWith(
  before: ProposedFiles,
  wanted: ProposedFiles,
  { files }: CoreRelease,
): ProposedFiles {
  const whole = Object.entries({ ...before, ...wanted });
  return Object.fromEntries(whole.filter(([path, text]) => text !== (files[path] ?? null)));
}
