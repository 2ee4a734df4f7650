import { ExactDecimal } from '../values/decimal.ts';
import type { Cell } from './compile-cell.ts';
import type { Axis, InputDomain } from './input-domain.ts';

/** One input of a table with its cells, one a rule. */
export interface InputColumn {
  readonly name: string;
  readonly domain: InputDomain;
  readonly mayBeEmpty: boolean;
  readonly cells: readonly Cell[];
}

/** One value that stands for all that the cells of an input cannot tell from it. */
export interface Sample {
  readonly shown: string;
  /** The rules whose cells mean this value: bit 0 stands for the first rule. */
  readonly rules: bigint;
}

/**
 * Divides the values of an input into those that every rule treats alike: one sample for each.
 * `named` are those that its cells name.
 */
export function samplesOf(column: InputColumn, named: readonly unknown[]): readonly Sample[] {
  const { domain, mayBeEmpty, cells } = column;
  const values: { readonly value: unknown; readonly shown: string }[] = valuesOf(domain, named).map(
    (value) => ({ value, shown: domain.show(value) }),
  );
  if (domain.members === undefined && domain.axis === undefined) {
    values.push({ value: OTHER_TEXT, shown: 'anything else' });
  }
  if (mayBeEmpty) values.push({ value: null, shown: 'empty' });
  const samples = new Map<bigint, Sample>();
  for (const { value, shown } of values) {
    const rules = rulesThat(cells, (cell) => cell.matches(value));
    if (!samples.has(rules)) samples.set(rules, { shown, rules });
  }
  return [...samples.values()];
}

/** The values that the cells of an input name, each once. */
export function namedIn(cells: readonly Cell[]): readonly unknown[] {
  const named = new Map(cells.flatMap((cell) => cell.named).map((value) => [String(value), value]));
  return [...named.values()];
}

/** Gathers the rules of which something holds, one bit a rule. */
export function rulesThat<T>(rules: readonly T[], holds: (rule: T) => boolean): bigint {
  return rules.reduce(
    (bits, rule, index) => (holds(rule) ? bits | (1n << BigInt(index)) : bits),
    0n,
  );
}

/** A text that no cell names: a character that no text has. */
const OTHER_TEXT = '\uFFFF';

function valuesOf(domain: InputDomain, named: readonly unknown[]): readonly unknown[] {
  if (domain.members !== undefined) return domain.members;
  return domain.axis === undefined ? named : onAxis(domain.axis, named);
}

/** Where nothing is named, any value will do. */
const ORIGIN = new ExactDecimal(0);

/** The named values, one between each two of them, and one beyond each end, as far as values go. */
function onAxis(axis: Axis, named: readonly unknown[]): readonly unknown[] {
  const { least, greatest } = axis;
  const ends = [least, greatest].filter((end) => end !== undefined);
  const places = [...named.map((value) => axis.place(value)), ...ends];
  places.sort((a, b) => a.comparedTo(b));
  const [first = ORIGIN] = places;
  const found = [first.minus(1), ...places, (places.at(-1) ?? ORIGIN).plus(1)];
  places.forEach((place, index) => {
    const next = places[index + 1];
    if (next === undefined || next.equals(place)) return;
    const between = axis.isDiscrete ? place.plus(1) : place.plus(next).dividedBy(2);
    if (between.lessThan(next)) found.push(between);
  });
  return found
    .filter((place) => least?.greaterThan(place) !== true && greatest?.lessThan(place) !== true)
    .map((place) => axis.valueAt(place));
}
