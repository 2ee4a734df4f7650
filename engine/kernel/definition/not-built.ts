import type { PartName } from './schema/workflow-schema.ts';

/** A form of the language that this version does not build. */
interface NotBuilt {
  readonly part: PartName;
  readonly key: string | RegExp;
  /** Holds for the written values that are not built (Default: all). */
  readonly value?: (value: unknown) => boolean;
  /** What to do instead, as a sentence. */
  readonly instead: string;
}

const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

const NOT_BUILT: readonly NotBuilt[] = [
  // Values and forms
  ...(['DataField', 'InlineType', 'FormField'] as const).flatMap((part) => [
    { part, key: 'kind', value: oneOf('file'), instead: 'Ask for a link to the file.' },
    { part, key: 'accept', instead: 'It belongs to a file: leave it out.' },
    { part, key: 'maxSize', instead: 'It belongs to a file: leave it out.' },
  ]),
];

/** Tells what to do in place of a key (and its value) that is not built; else `undefined`. */
export function insteadOf(part: PartName, key: string, value: unknown): string | undefined {
  return NOT_BUILT.find(
    (entry) =>
      entry.part === part &&
      (typeof entry.key === 'string' ? entry.key === key : entry.key.test(key)) &&
      (entry.value?.(value) ?? true),
  )?.instead;
}

/** Says that something of the language is not built, and what to do instead. */
export function notBuiltMessage(what: string, instead: string): string {
  return `"${what}" is part of the language but not built in this version of Trellis. ${instead}`;
}
