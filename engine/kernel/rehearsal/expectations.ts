import type { AuthoredPlace } from '../compile/authored-places.ts';
import type { Json, JsonObject } from '../json.ts';
import { fieldOf } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Refusal } from '../transition/step-result.ts';
import type { Expectation } from './case-file.ts';
import type { Happening } from './rehearsed.ts';
import { isSameValue } from './same-value.ts';

/** One thing that went otherwise than a test case expects. */
export interface Mismatch {
  /** `start`, or the number of the step. */
  readonly at?: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** What a step came to. */
export interface Found {
  readonly refused: Refusal | undefined;
  readonly happened: readonly Happening[];
  readonly main: FoundCase | undefined;
}

interface FoundCase {
  readonly places: readonly AuthoredPlace[];
  readonly data: JsonObject;
  /** The types of the data, by name. */
  readonly types: ReadonlyMap<string, ValueType>;
}

/** The codes of refusals, as test cases write them. */
const REFUSALS: Readonly<Record<Refusal['code'], string>> = {
  stale: 'stale',
  'unknown-outcome': 'unknownOutcome',
  'not-by': 'notBy',
  unhandled: 'unhandled',
  'refused-data': 'form',
  endless: 'endless',
  stuck: 'stuck',
  early: 'early',
  suspended: 'suspended',
  'not-possible': 'notPossible',
};

/** Compares what a step came to with what is expected of it. What is not expected may not go wrong. */
export function compare(expect: Expectation, found: Found): readonly Mismatch[] {
  return [
    ...compareRefusal(expect, found),
    ...compareIncident(expect, found),
    ...compareState(expect, found),
    ...compareData(expect, found),
    ...compareHappened(expect, found),
  ];
}

function compareRefusal({ refused }: Expectation, found: Found): readonly Mismatch[] {
  const code = found.refused && REFUSALS[found.refused.code];
  if (code === refused || (refused === true && code !== undefined)) return [];
  const text = found.refused === undefined ? 'accepted' : `${code ?? ''}: ${found.refused.message}`;
  return [{ what: 'refused', expected: String(refused ?? 'accepted'), found: text }];
}

function compareIncident({ incident }: Expectation, { happened }: Found): readonly Mismatch[] {
  const incidents = happened.filter((one) => one.kind === 'incident');
  const fits = (code: string): boolean => incident === true || code === incident;
  const unexpected = incidents.filter(({ code }) => !fits(code));
  const missing = incident !== undefined && !incidents.some(({ code }) => fits(code));
  return [
    ...unexpected.map(({ code, message }) => ({
      what: 'incident',
      expected: String(incident ?? 'none'),
      found: `${code}: ${message}`,
    })),
    ...(missing ? [{ what: 'incident', expected: String(incident), found: 'none' }] : []),
  ];
}

function compareState({ state }: Expectation, { main }: Found): readonly Mismatch[] {
  if (state === undefined) return [];
  const expected = typeof state === 'string' ? [state] : state;
  const active = main?.places ?? [];
  const within = (inner: string, outer: string): boolean =>
    inner === outer || inner.startsWith(`${outer}/`);
  const fits =
    expected.every((outer) => active.some(({ name }) => within(name, outer))) &&
    active.every(({ name, isOver }) => isOver || expected.some((outer) => within(name, outer)));
  if (fits) return [];
  const found = active.map(({ name }) => name).join(', ');
  return [{ what: 'state', expected: expected.join(', '), found: found || 'none' }];
}

function compareData({ data }: Expectation, { main }: Found): readonly Mismatch[] {
  return Object.entries(data ?? {}).flatMap(([path, expected]) => {
    const names = path.split('.');
    const found = at(main?.data, names);
    return isSameValue(found, expected as Json, typeAt(main?.types, names))
      ? []
      : [{ what: path, expected: show(expected as Json), found: show(found) }];
  });
}

function compareHappened(expect: Expectation, { happened }: Found): readonly Mismatch[] {
  const sent = happened.flatMap((one) => (one.kind === 'sent' ? [one.message] : []));
  const called = happened.flatMap((one) => (one.kind === 'called' ? [one.operation] : []));
  const lists = [
    { what: 'sent', wanted: expect.sent, unwanted: undefined, found: sent },
    { what: 'notSent', wanted: undefined, unwanted: expect.notSent, found: sent },
    { what: 'called', wanted: expect.called, unwanted: undefined, found: called },
    { what: 'notCalled', wanted: undefined, unwanted: expect.notCalled, found: called },
  ];
  return lists.flatMap(({ what, wanted = [], unwanted = [], found }) => {
    const fits = inOrder(wanted, found) && !unwanted.some((name) => found.includes(name));
    if (fits) return [];
    const expected = wanted.length > 0 ? wanted.join(', ') : `none of ${unwanted.join(', ')}`;
    return [{ what, expected, found: found.join(', ') || 'none' }];
  });
}

/** Tells whether all of `wanted` stand in `found` in this order, perhaps with others between. */
function inOrder(wanted: readonly string[], found: readonly string[]): boolean {
  let next = 0;
  for (const name of found) if (name === wanted[next]) next += 1;
  return next === wanted.length;
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return undefined;
    const object = current as JsonObject;
    current = Object.hasOwn(object, name) ? object[name] : undefined;
  }
  return current;
}

/** The type at a path of the data. */
function typeAt(
  types: ReadonlyMap<string, ValueType> | undefined,
  [name = '', ...inside]: readonly string[],
): ValueType | undefined {
  const first = types?.get(name);
  return inside.reduce<ValueType | undefined>((type, step) => type && fieldOf(type, step), first);
}

function show(value: Json | undefined): string {
  return value === undefined || value === null ? 'empty' : JSON.stringify(value);
}
