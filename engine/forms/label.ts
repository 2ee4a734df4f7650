import type { Text } from '../kernel/definition/values.ts';

/** How short forms that data names are made of are written for people. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['id', 'ID'],
  ['no', 'number'],
  ['oms', 'OMS'],
  ['pct', 'percentage'],
  ['po', 'PO'],
  ['qty', 'quantity'],
  ['sku', 'SKU'],
  ['url', 'URL'],
  ['vat', 'VAT'],
]);

/** Picks the text in a language (Default: `en`), else the first one given. */
export function textIn(text: Text, language = 'en'): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

/** Makes a label of a data name: `contactEmail` → `Contact email`, `vatNo` → `VAT number`. */
export function humanise(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .split(/[\s_-]+/u)
    .filter((word) => word !== '')
    .map((word) => WORDS.get(word.toLowerCase()) ?? plainWord(word));
  return capitalise(words.join(' ')) || name;
}

/** Writes a label as it stands inside a sentence: `Company name` → `company name`, `VAT number` as it is. */
export function insideSentence(label: string): string {
  return /^\p{Lu}(?!\p{Lu}|\p{N})/u.test(label)
    ? label.charAt(0).toLowerCase() + label.slice(1)
    : label;
}

/** Makes the name of one entry of a list's label: `Lines` → `line`, `Entries` → `entry`. */
export function singular(label: string): string {
  const word = insideSentence(label);
  if (!/^[\p{L}\p{N} -]+$/u.test(word) || word.length > 40) return 'entry';
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|sh|ch|x)es$/u.test(word)) return word.slice(0, -2);
  return /[^s]s$/u.test(word) ? word.slice(0, -1) : word;
}

/** Puts `a` or `an` before a word. */
export function withArticle(word: string): string {
  return `${/^[aeiou]/iu.test(word) ? 'an' : 'a'} ${word}`;
}

function plainWord(word: string): string {
  return /^\p{Lu}+$/u.test(word) && word.length > 1 ? word : word.toLowerCase();
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
