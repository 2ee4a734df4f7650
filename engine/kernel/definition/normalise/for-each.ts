import { checkExpression } from '../../expressions/check.ts';
import type { Path } from '../../problem.ts';
import { EMPTY, TEXT, objectOf } from '../../types/make-type.ts';
import { ITEM, schemaAt } from '../../types/schema-at.ts';
import type { JsonSchema, ValueType } from '../../types/value-type.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { DataPath } from '../values.ts';
import type { EachItem, ForEach } from '../work.ts';
import type { FormItem } from '../form.ts';
import { isTaken } from './data.ts';
import { typeAt } from './data-paths.ts';
import { readExpression } from './expressions.ts';
import type { Outline, WrittenState } from './outline.ts';
import { outlineOf } from './outline.ts';
import type { Reading } from './reading.ts';

const STARTER = objectOf({ id: TEXT, name: TEXT, email: TEXT });

/** Reads how a state's work is repeated; `undefined` where it is done once. */
export function readForEach(state: Outline, reading: Reading): ForEach | undefined {
  const { forEach: written } = state.written;
  if (written === undefined) return undefined;
  const path = [...state.path, 'forEach'];
  checkItemName(written.item, [...path, 'item'], reading);
  const element = elementOf(written, reading);
  if (element === 'no list') {
    const message = `A list is needed here: "${written.item}" stands for one of its items after the other.`;
    reading.report.at([...path, 'in'], 'not-a-list', message);
  }
  const atMost = readAtMost(written, path, reading);
  return {
    path,
    item: written.item,
    in: readExpression(written.in, [...path, 'in']),
    ...(element === 'no list' ? UNKNOWN : element),
    ...(atMost === undefined ? {} : { atMost }),
    ...(written.until === undefined
      ? {}
      : { until: readExpression(written.until, [...path, 'until']) }),
    rest: written.rest ?? 'cancel',
    onItemFailed: readOnItemFailed(written, state, reading),
  };
}

/** Reads the list for each of whose items a case begins; `undefined` where one begins. */
export function readEach(
  { each, in: list }: Written<'StartCases'>,
  path: Path,
  reading: Reading,
): EachItem | undefined {
  if (each === undefined && list === undefined) return undefined;
  if (each === undefined || list === undefined) {
    const [there, missing] = each === undefined ? ['in', 'each'] : ['each', 'in'];
    const message = `"${missing}" is missing beside "${there}": write \`each: line, in: lines\` for a case for each line.`;
    reading.report.atKey(path, 'missing-key', message);
    return undefined;
  }
  const at = [...path, 'in'];
  checkItemName(each, [...path, 'each'], reading);
  const element = elementOf({ in: list }, reading);
  if (element === 'no list') {
    const message = `A list is needed here: a case begins for each of its items, and "${each}" stands for one of them.`;
    reading.report.at(at, 'not-a-list', message);
  }
  const { type, list: kept } = element === 'no list' ? UNKNOWN : element;
  return { path, item: each, in: readExpression(list, at), type, ...(kept && { list: kept }) };
}

/** The items for which each form is filled, by the form's name. */
export function itemsOfForms(
  workflow: Written<'Workflow'>,
  reading: Reading,
): ReadonlyMap<string, readonly FormItem[]> {
  const items = new Map<string, readonly FormItem[]>();
  for (const { written, path } of withinOutline(outlineOf(workflow))) {
    const form = (written.task ?? written.ask)?.form;
    if (form === undefined || written.forEach === undefined) continue;
    const known = items.get(form) ?? [];
    const found = itemsIn(written, path, reading);
    items.set(form, [...known, ...found.filter((item) => !isAmong(known, item))]);
  }
  return items;
}

function isAmong(items: readonly FormItem[], { name }: FormItem): boolean {
  return items.some((other) => other.name === name);
}

function withinOutline(state: Outline): readonly Outline[] {
  return [state, ...[...state.children.values()].flatMap(withinOutline)];
}

/** What is read inside a `forEach`: its item is a field like those of the data. */
export function withItems(reading: Reading, items: readonly FormItem[]): Reading {
  if (items.length === 0) return reading;
  const named = new Map(items.map((item) => [item.name, item]));
  return { ...reading, data: new Map([...reading.data, ...named]), items: named };
}

/** The item of a state, as what is read inside it takes it; none where nothing is repeated. */
export function itemsIn(
  { forEach }: WrittenState,
  path: Path,
  reading: Reading,
): readonly FormItem[] {
  if (forEach === undefined) return [];
  const element = elementOf(forEach, reading);
  const known = element === 'no list' ? UNKNOWN : element;
  return [{ path: [...path, 'forEach'], name: forEach.item, ...known }];
}

interface Element {
  readonly type: ValueType;
  readonly schema: JsonSchema;
  readonly list?: DataPath;
}

/** Of a list with a mistake in it nothing is known. */
const UNKNOWN: Element = { type: EMPTY, schema: true };

/** What the items are. Of a formula with a mistake nothing is known; the checker tells of it. */
function elementOf(
  { in: written }: Pick<Written<'ForEach'>, 'in'>,
  reading: Reading,
): Element | 'no list' {
  if (typeof written !== 'string') return 'no list';
  const list = written.trim().split('.');
  const kept = typeAt(list, reading);
  if (kept?.kind === 'list') {
    return { type: kept.of, schema: schemaOfItem(list, reading), list };
  }
  const variables = {
    ...Object.fromEntries([...reading.data].map(([name, { type }]) => [name, type])),
    ...{ reference: TEXT, starter: STARTER },
  };
  const read = checkExpression(written, { variables, present: 'all' });
  if (!read.ok) return UNKNOWN;
  const { type } = read.expression;
  if (type.kind !== 'list') return 'no list';
  const { of } = type;
  const isLocked = of.kind === 'object' && of.name !== undefined;
  return { type: of, schema: isLocked ? { $ref: of.name } : true };
}

function schemaOfItem([name = '', ...rest]: DataPath, { data, core }: Reading): JsonSchema {
  const resolve = (type: string): JsonSchema | undefined => core.types.get(type)?.schema;
  return schemaAt(data.get(name)?.schema ?? true, [...rest, ITEM], resolve) ?? true;
}

function checkItemName(name: string, path: Path, { data, report }: Reading): void {
  if (!data.has(name) && !isTaken(name)) return;
  const message = `"${name}" means something else already. Give the item another name.`;
  report.at(path, 'reserved-name', message);
}

function readAtMost(
  { mode, atMost }: Written<'ForEach'>,
  path: Path,
  { report }: Reading,
): number | undefined {
  if (mode !== 'sequence') return atMost;
  if (atMost !== undefined) {
    const message =
      '"atMost" is for items at once, and these are done one after the other. Take it out.';
    report.atKey([...path, 'atMost'], 'misplaced-key', message);
  }
  return 1;
}

/** It may stand in `forEach` or beside it. */
function readOnItemFailed(
  { onItemFailed: inside }: Written<'ForEach'>,
  { written, path }: Outline,
  { report }: Reading,
): ForEach['onItemFailed'] {
  if (inside !== undefined && written.onItemFailed !== undefined) {
    const message = '"onItemFailed" stands in `forEach` already. Write it once.';
    report.atKey([...path, 'onItemFailed'], 'misplaced-key', message);
  }
  if (inside !== undefined && written.call === undefined && written.run === undefined) {
    const message =
      'What a person does cannot fail: "onItemFailed" is for a call or a run. Take it out.';
    report.atKey([...path, 'forEach', 'onItemFailed'], 'misplaced-key', message);
  }
  return inside ?? written.onItemFailed ?? 'incident';
}
