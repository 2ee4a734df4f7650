import type { Json } from '../../kernel/json.ts';

/** The deepest nesting of an answer. */
const DEPTH = 32;

/** A text that is no JSON, or nested too deep; `why` is a part of a sentence. */
export interface Unreadable {
  readonly why: string;
}

/** Reads JSON from outside. The nesting is counted before anything walks the value. */
export function readJson(text: string): { readonly json: Json } | Unreadable {
  if (nesting(text) > DEPTH) return { why: `is nested deeper than ${DEPTH} levels` };
  try {
    return { json: JSON.parse(text) as Json };
  } catch (error) {
    if (error instanceof SyntaxError) return { why: 'is not JSON' };
    throw error;
  }
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inText) {
      if (character === '\\') at++;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}
