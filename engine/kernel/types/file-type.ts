import { PUBLIC } from '../classification.ts';
import { ACCEPT_ANY, MOST_SIZE, acceptsMedia, readSize } from '../values/media.ts';
import { TEXT, WHOLE_NUMBER } from './make-type.ts';
import type { ValueType } from './value-type.ts';

type FileType = Extract<ValueType, { kind: 'file' }>;

/** What can be read of a file in formulas and in the texts of mails. */
export const FILE_MEMBERS: Readonly<Record<'name' | 'size' | 'type', ValueType>> = {
  name: TEXT,
  size: WHOLE_NUMBER,
  type: TEXT,
};

/** Makes the type of a file, by the media types and the size that are taken of it. */
export function fileOf(
  accept: readonly string[] = ACCEPT_ANY,
  maxSize: string = MOST_SIZE,
): FileType {
  return { kind: 'file', accept, maxSize, mayBeEmpty: false, classification: PUBLIC };
}

/** The type of what is read of a file; as sensitive as the file. */
export function memberOf(file: ValueType, name: string): ValueType | undefined {
  const member = Object.entries(FILE_MEMBERS).find(([known]) => known === name)?.[1];
  return member && { ...member, classification: file.classification };
}

/** Tells whether a value of a type is a file or has one inside. */
export function holdsFile(type: ValueType): boolean {
  if (type.kind === 'list') return holdsFile(type.of);
  return type.kind === 'object' ? Object.values(type.fields).some(holdsFile) : type.kind === 'file';
}

/** Says why not every file of one type is taken where one of the other is; else `undefined`. */
export function whyUnfit(from: FileType, to: FileType): string | undefined {
  const strange = from.accept.find((type) => !to.accept.some((one) => acceptsMedia(one, type)));
  if (strange !== undefined) {
    return `This file may be ${strange}, but only ${to.accept.join(', ')} is taken here.`;
  }
  if ((readSize(from.maxSize) ?? 0) <= (readSize(to.maxSize) ?? 0)) return undefined;
  return `This file may be as big as ${from.maxSize}, but at most ${to.maxSize} is taken here.`;
}

/** The type of what is one of two files. */
export function eitherFile(a: FileType, b: FileType): FileType {
  const isBigger = (readSize(b.maxSize) ?? 0) > (readSize(a.maxSize) ?? 0);
  const accept = [...new Set([...a.accept, ...b.accept])];
  return { ...a, accept, maxSize: isBigger ? b.maxSize : a.maxSize };
}
