/** The codes of what can be wrong with a message text, beside those of the paths in it. */
export const TEXT_CODES = [
  'link-forbidden',
  'link-missing',
  'not-allowed',
  'text-syntax',
  'too-big',
  'wrong-kind',
] as const;

export type TextCode = (typeof TEXT_CODES)[number];
