/** Bringing the test cases of a workflow to fields that have other names, or must be there now. */
import { isMap, isNode, isPair, isScalar, isSeq, visit } from 'yaml';
import type { Node, Pair, YAMLMap } from 'yaml';
import type { CoreView } from '../../kernel/core-view.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import { composeYaml } from '../../kernel/definition/yaml-document.ts';
import { scanYaml } from '../../kernel/definition/yaml-scan.ts';
import type { Json } from '../../kernel/json.ts';
import { fieldOf } from '../../kernel/types/make-type.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type { MissingValues } from './missing-values.ts';
import type { TextEdit } from './text-edits.ts';
import { edited, renameIn } from './text-edits.ts';

/** What is done to the values in test cases. */
export interface ValueChanges {
  /** New names by what fields were called, `Customer.vatNo`. */
  readonly renamed: ReadonlyMap<string, string>;
  /** New names of operations, messages, core processes and roles. */
  readonly names: ReadonlyMap<string, string>;
  /** What a value lacks of a locked type, with a value for it, by the names that fields have now. */
  readonly missing: MissingValues;
}

const DEEPEST = 32;

/** The text of test cases, changed; as it is where it cannot be read. */
export function readyTests(
  text: string,
  { data }: Workflow,
  core: CoreView,
  changes: ValueChanges,
): string {
  const { tokens, refusals } = scanYaml(text, DEEPEST);
  if (refusals.length > 0) return text;
  const { contents, errors } = composeYaml(tokens, text.length);
  if (errors.length > 0 || !isSeq(contents)) return text;
  const edits: TextEdit[] = [];
  const values = new Values(text, changes, edits);
  edits.push(...namesIn(contents, changes.names));
  const types = new Map(data.map(({ name, type }) => [name, type]));
  for (const one of contents.items) {
    for (const { value: channel } of pairsOf(inside(one, 'start'))) {
      values.fields(channel, types, true);
    }
    for (const { key, value } of pairsOf(inside(one, 'mocks'))) {
      for (const answer of isSeq(value) ? value.items : [value]) {
        values.walk(answer, core.operations.get(wordOf(key))?.output, false);
      }
    }
    const steps = inside(one, 'then');
    for (const step of [one, ...(isSeq(steps) ? steps.items : [])]) {
      values.fields(inside(step, 'form'), types, true);
      values.expected(inside(inside(step, 'expect'), 'data'), types);
    }
  }
  return edited(text, edits);
}

/** Every name of a test case that is not of a field: what is mocked, what was called, who acts. */
function namesIn(root: Node, names: ReadonlyMap<string, string>): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  visit(root, {
    Scalar: (_key, node, above) => {
      const { value } = node;
      const range = rangeOf(node);
      if (typeof value !== 'string' || range === undefined) return;
      const pair = above.at(-1);
      const isRole = isPair(pair) && pair.value === node && wordOf(pair.key) === 'role';
      const name = names.get(isRole ? `role:${value}` : value);
      if (name === undefined) return;
      edits.push({ from: range[0], to: range[1], text: name.replace(/^\w+:/, '') });
    },
  });
  return edits;
}

class Values {
  readonly #text: string;
  readonly #changes: ValueChanges;
  readonly #edits: TextEdit[];

  constructor(text: string, changes: ValueChanges, edits: TextEdit[]) {
    this.#text = text;
    this.#changes = changes;
    this.#edits = edits;
  }

  /** Values by the names of data fields; `isWhole` where a form gives all that its fields ask for. */
  fields(node: unknown, types: ReadonlyMap<string, ValueType>, isWhole: boolean): void {
    for (const { key, value } of pairsOf(node)) this.walk(value, types.get(wordOf(key)), isWhole);
  }

  /** Values by their paths: `customer.vatNo`. */
  expected(node: unknown, types: ReadonlyMap<string, ValueType>): void {
    for (const { key, value } of pairsOf(node)) {
      const [name = '', ...steps] = wordOf(key).split('.');
      let type = types.get(name);
      for (const step of steps) {
        type = type && fieldOf(type, step);
        this.#rename(key, step, type);
      }
      this.walk(value, type, false);
    }
  }

  walk(node: unknown, type: ValueType | undefined, isWhole: boolean): void {
    if (type?.kind === 'list' && isSeq(node)) {
      for (const item of node.items) this.walk(item, type.of, isWhole);
    }
    if (type?.kind !== 'object' || !isMap(node)) return;
    for (const { key, value } of pairsOf(node)) {
      const field = fieldOf(type, wordOf(key));
      this.#move(key, value, field);
      this.walk(value, field, isWhole);
    }
    if (!isWhole || type.name === undefined) return;
    const missing = this.#changes.missing(type.name, node.toJSON() as Json);
    if (missing.length > 0) this.#edits.push(added(this.#text, node, missing));
  }

  /** Where a field lies inside of another now, its value is put there. */
  #move(key: unknown, value: unknown, field: ValueType | undefined): void {
    const steps = (this.#changes.renamed.get(field?.origin ?? '') ?? '').split('.');
    const [name, whole] = [rangeOf(key), rangeOf(value)];
    if (steps.length === 1 || name === undefined || whole === undefined) {
      this.#rename(key, wordOf(key), field);
      return;
    }
    const [, end] = whole;
    this.#edits.push({ from: name[0], to: name[1], text: steps.join(': { ') });
    this.#edits.push({ from: end, to: end, text: ' }'.repeat(steps.length - 1) });
  }

  #rename(key: unknown, name: string, field: ValueType | undefined): void {
    const other = this.#changes.renamed.get(field?.origin ?? '');
    const range = rangeOf(key);
    if (other === undefined || range === undefined) return;
    const edit = renameIn(this.#text, { from: range[0], to: range[1] }, name, other);
    if (edit !== undefined) this.#edits.push(edit);
  }
}

/** Writes entries at the end of a map, the way that it is written. */
function added(
  text: string,
  map: YAMLMap,
  entries: readonly (readonly [string, Json])[],
): TextEdit {
  const written = entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const [start = 0, end = 0] = map.range ?? [];
  if (map.flow === true) {
    const at = text.slice(0, end).trimEnd().length - 1;
    const last = text.slice(0, at).trimEnd().length;
    const glue = map.items.length === 0 ? ' ' : ', ';
    return { from: last, to: last, text: `${glue}${written.join(', ')}` };
  }
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const last = text.slice(0, end).trimEnd().length;
  return { from: last, to: last, text: written.map((line) => `\n${indent}${line}`).join('') };
}

function pairsOf(node: unknown): readonly Pair[] {
  return isMap(node) ? node.items : [];
}

function inside(node: unknown, name: string): Node | undefined {
  return isMap(node) ? node.get(name, true) : undefined;
}

/** From where to where a node stands. */
function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = isNode(node) ? node.range : undefined;
  return range === undefined || range === null ? undefined : [range[0], range[1]];
}

function wordOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
