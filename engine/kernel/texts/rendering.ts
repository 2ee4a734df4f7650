import { TrellisError } from '../errors.ts';
import type { Environment } from '../expressions/expression.ts';
import type { RenderMode } from './compiled-text.ts';

/** The most rounds that all `each` of one text may take together. */
const MOST_ROUNDS = 1000;
/** The longest text that may come out, in characters. */
const LONGEST_OUTPUT = 200 * 1024;

/** One rendering of a text: where its parts write to. */
export interface Rendering {
  readonly mode: RenderMode;
  readonly link: string;
  readonly parts: string[];
  length: number;
  rounds: number;
}

/** What a part of a text reads: the case's values, and where in an `each` it is. */
interface Reading {
  readonly environment: Environment;
  /** The number of the item that the innermost `each` is at, from 0. */
  readonly index: number;
}

/** A part of a text, ready to be written. */
export type Part = (rendering: Rendering, reading: Reading) => void;

/** Writes all parts, in their order. */
export function inOrder(parts: readonly Part[]): Part {
  return (rendering, reading) => {
    for (const part of parts) part(rendering, reading);
  };
}

/** Writes text as it stands. */
export function write(rendering: Rendering, text: string): void {
  rendering.length += text.length;
  if (rendering.length > LONGEST_OUTPUT) {
    throw tooBig(`more than ${LONGEST_OUTPUT / 1024} KB`);
  }
  rendering.parts.push(text);
}

/** Writes a value, escaped where the text is HTML. */
export function writeValue(rendering: Rendering, text: string): void {
  write(rendering, rendering.mode === 'html' ? escapeHtml(text) : text);
}

/** Counts one round of an `each`. */
export function countRound(rendering: Rendering): void {
  rendering.rounds += 1;
  if (rendering.rounds > MOST_ROUNDS) throw tooBig(`more than ${MOST_ROUNDS} items`);
}

/** Renders a whole text. */
export function render(
  part: Part,
  environment: Environment,
  mode: RenderMode,
  link: string,
): string {
  const rendering: Rendering = { mode, link, parts: [], length: 0, rounds: 0 };
  part(rendering, { environment, index: 0 });
  return rendering.parts.join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`=]/g, (sign) => ESCAPES[sign] ?? sign);
}

function tooBig(what: string): TrellisError {
  return new TrellisError(
    'text-too-big',
    `The text has ${what}. Show fewer items in it, or only those that matter.`,
  );
}
