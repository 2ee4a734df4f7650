import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Json } from '../json.ts';
import type { Path } from '../problem.ts';
import { keyText } from './places.ts';
import { endOfUnquoted, quoted } from './yaml-quotes.ts';

/** A finding with its place in the text. */
export interface YamlFinding {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly fix?: {
    readonly title: string;
    readonly from: number;
    readonly to: number;
    readonly text: string;
  };
}

const MOST_FINDINGS = 20;

/** Stands for a value whose comma was told of already: what follows in its map belongs to it. */
const TOLD = Symbol('told');

/** Turns YAML nodes into plain JSON, telling what cannot be. */
export class YamlValues {
  readonly findings: YamlFinding[] = [];
  private readonly text: string;
  private readonly deepest: number;

  constructor(text: string, deepest: number) {
    this.text = text;
    this.deepest = deepest;
  }

  /** Gives the JSON value of a node; what was found wrong (20 at most) is in `findings`. */
  read(node: unknown, path: Path = []): Json {
    if (path.length > this.deepest) {
      this.report('yaml-depth', path, `This is nested deeper than ${this.deepest} levels.`, node);
      return null;
    }
    if (isMap(node)) return this.readMap(node, path);
    if (isSeq(node)) return this.readList(node, path);
    return isScalar(node) ? this.readScalar(node, path) : null;
  }

  private readMap(map: YAMLMap, path: Path): Json {
    const entries = new Map<string, Json>();
    let before: unknown;
    for (const pair of map.items) {
      if (this.isFull()) break;
      const name = this.readKey(pair, path);
      if (name === undefined) continue;
      const inside = [...path, name];
      if (entries.has(name)) {
        const message = `"${name}" is written twice here. Join the two, or rename one of them.`;
        this.report('yaml-duplicate-key', inside, message, pair.key);
      }
      if (map.flow === true && pair.value === null) this.noValue(pair.key, name, before, inside);
      before = pair.value ?? (isOpenText(before) ? TOLD : undefined);
      entries.set(name, this.read(pair.value, inside));
    }
    return Object.fromEntries(entries);
  }

  private readKey(pair: Pair, path: Path): string | undefined {
    const name = keyText(pair.key);
    if (name !== undefined && name !== '__proto__') return name;
    const message =
      name === undefined
        ? 'A name must be a text. A value that begins with `{` or `[` needs quotes around it.'
        : 'Nothing can be named `__proto__`. Choose another name.';
    this.report('yaml-key', path, message, pair.key);
    return undefined;
  }

  private readList(list: YAMLSeq, path: Path): Json {
    const values: Json[] = [];
    for (const [index, item] of list.items.entries()) {
      if (this.isFull()) break;
      const before = list.items[index - 1];
      if (list.flow === true && isOpenText(before)) this.comma(before, [...path, index - 1]);
      values.push(this.read(item, [...path, index]));
    }
    return values;
  }

  private readScalar(scalar: Scalar, path: Path): Json {
    const { value } = scalar;
    if (typeof value === 'number') {
      const exact =
        Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
      if (!exact) {
        const message = `${scalar.source ?? 'This'} is not a number that can be kept exactly. Write it in quotes.`;
        this.report('yaml-number', path, message, scalar);
        return null;
      }
      return Object.is(value, -0) ? 0 : value;
    }
    return typeof value === 'string' || typeof value === 'boolean' ? value : null;
  }

  /** `{ a: f(x, y) }`: YAML ends the value at the comma, and reads the rest as a name alone. */
  private noValue(key: unknown, name: string, before: unknown, path: Path): void {
    if (isOpenText(before)) {
      this.comma(before, path);
    } else if (before !== TOLD) {
      const message = name.includes(':')
        ? `"${name}" is read as a name. Put a space after the colon.`
        : `"${name}" has no value. Write \`${name}: …\`; if it belongs to the value before the comma, put that in quotes.`;
      this.report('yaml-no-value', path, message, key);
    }
  }

  private comma(opened: Scalar, path: Path): void {
    const [from] = opened.range ?? [0];
    const to = endOfUnquoted(this.text, from, true);
    const whole = this.text.slice(from, to);
    this.findings.push({
      code: 'yaml-comma',
      path,
      message: `Inside { } and [ ] a comma ends the value. Put quotes around ${whole}.`,
      from,
      to,
      fix: { title: 'Put it in quotes', from, to, text: quoted(whole) },
    });
  }

  private isFull(): boolean {
    return this.findings.length >= MOST_FINDINGS;
  }

  private report(code: string, path: Path, message: string, node: unknown): void {
    const [from, to] = (node as Node | undefined)?.range ?? [0, 0];
    this.findings.push({ code, path, message, from, to });
  }
}

/** A text without quotes in which a parenthesis is open: its value went on after the comma. */
function isOpenText(node: unknown): node is Scalar<string> {
  if (!isScalar(node) || node.type !== 'PLAIN' || typeof node.value !== 'string') return false;
  return node.value.split('(').length > node.value.split(')').length;
}
