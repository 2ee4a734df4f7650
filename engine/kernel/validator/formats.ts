import { default as ajvFormats } from 'ajv-formats';
import { isDecimal } from './decimal-format.ts';
import { linearPattern } from './re2-engine.ts';

type FormatCheck = (text: string) => boolean;

/** Formats whose meaning is the standard's own. */
const STANDARD = [
  'date',
  'time',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
  'json-pointer',
] as const;

/** No format is looked for in a longer text: none is meant to be that long. */
const LONGEST = 2048;
const LONGEST_EMAIL = 254;

/** Every format that a schema may name, and how a text is held against it. */
export const FORMATS: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
  ...STANDARD.map((name): [string, FormatCheck] => [name, bounded(standard(name))]),
  ['email', bounded(standard('email'), LONGEST_EMAIL)],
  ['uri', bounded(isSafeUri)],
  ['regex', bounded(isLinearPattern)],
  ['decimal', isDecimal],
]);

function bounded(check: FormatCheck, longest = LONGEST): FormatCheck {
  return (text) => text.length <= longest && check(text);
}

function standard(name: (typeof STANDARD)[number]): FormatCheck {
  const format = ajvFormats.default.get(name);
  const check = typeof format === 'object' && 'validate' in format ? format.validate : format;
  if (check instanceof RegExp) return (text) => check.test(text);
  if (typeof check === 'function') return check as FormatCheck;
  throw new TypeError(`ajv-formats has no check for ${name}`);
}

/** Only what can be opened or mailed without harm: `javascript:` and `file:` are no links. */
function isSafeUri(text: string): boolean {
  if (!/^(https?:\/\/|mailto:)[^\s]+$/i.test(text)) return false;
  return URL.canParse(text);
}

function isLinearPattern(text: string): boolean {
  try {
    linearPattern(text);
    return true;
  } catch {
    return false;
  }
}
