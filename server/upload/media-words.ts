import { extension } from 'mime-types';

const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['image/*', 'a picture'],
  ['audio/*', 'a sound'],
  ['video/*', 'a film'],
  ['text/*', 'a text'],
]);

/** What people call a file of a media type: `a PDF file`, `a picture`. */
export function mediaWords(type: string): string {
  const family = FAMILIES.get(type);
  if (family !== undefined) return family;
  const ending = extension(type);
  return ending === false ? `a file of type ${type}` : `a ${ending.toUpperCase()} file`;
}
