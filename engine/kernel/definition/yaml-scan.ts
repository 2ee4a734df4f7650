import { CST, Lexer } from 'yaml';

/** What Trellis does not read of YAML, and where it stands. */
export interface Refusal {
  readonly kind: 'depth' | 'directive' | 'tag' | 'anchor' | 'alias';
  readonly from: number;
  readonly to: number;
  /** Stands inside `{ }` or `[ ]`. */
  readonly inFlow: boolean;
}

/** The tokens of a text, and what of it is not read. */
export interface ScannedYaml {
  /** All of them where nothing is refused. */
  readonly tokens: readonly string[];
  readonly refusals: readonly Refusal[];
}

const MOST_REFUSALS = 20;

/**
 * Goes through the tokens of a YAML text, without building anything, and finds what must not be
 * built: too deep a nesting, directives, tags, anchors and aliases.
 */
export function scanYaml(text: string, deepest: number): ScannedYaml {
  const tokens: string[] = [];
  const refusals: Refusal[] = [];
  let offset = 0;
  let flow = 0;
  let onLine = 0;
  let afterMark = false;
  for (const source of new Lexer().lex(text)) {
    tokens.push(source);
    // After its mark comes a plain text, which may look like another kind of token.
    const type = afterMark ? null : CST.tokenType(source);
    afterMark = source === CST.SCALAR;
    if (type === 'newline') onLine = 0;
    if (isOpening(type)) flow += 1;
    else if (isClosing(type)) flow = Math.max(0, flow - 1);
    else if (isIndicator(type) && flow === 0) onLine += 1;
    const kind = refusedKind(type, flow, onLine, deepest);
    if (kind !== undefined) {
      refusals.push({ kind, from: offset, to: offset + source.length, inFlow: flow > 0 });
      if (kind === 'depth' || refusals.length >= MOST_REFUSALS) break;
    }
    if (!isMark(source)) offset += source.length;
  }
  return { tokens, refusals };
}

type TokenType = ReturnType<typeof CST.tokenType>;

function refusedKind(
  type: TokenType,
  flow: number,
  onLine: number,
  deepest: number,
): Refusal['kind'] | undefined {
  if (flow > deepest || (flow === 0 && onLine > deepest)) return 'depth';
  if (type === 'directive-line') return 'directive';
  return type === 'tag' || type === 'anchor' || type === 'alias' ? type : undefined;
}

function isOpening(type: TokenType): boolean {
  return type === 'flow-map-start' || type === 'flow-seq-start';
}

function isClosing(type: TokenType): boolean {
  return type === 'flow-map-end' || type === 'flow-seq-end';
}

/** Each of these can begin one more level on the same line. */
function isIndicator(type: TokenType): boolean {
  return type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind';
}

/** The lexer's own marks stand for no characters of the text. */
function isMark(source: string): boolean {
  return source === CST.DOCUMENT || source === CST.FLOW_END || source === CST.SCALAR;
}
