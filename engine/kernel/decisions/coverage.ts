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

export interface Coverage {
  /** Values that no rule takes, as `segment = retail`; absent where there are none. */
  readonly gap?: readonly string[];
  /** The rules that no values ever reach. */
  readonly unreached: readonly number[];
}

/** More combinations than this are not gone through. */
const MOST_COMBINATIONS = 20_000;

/** One value that stands for all that the cells of an input cannot tell from it. */
interface Sample {
  readonly shown: string;
  /** For each rule, whether its cell means this value. */
  readonly matches: readonly boolean[];
}

/**
 * Finds what no rule takes and which rules are never reached, by going through values that stand
 * for all others; `undefined` where there are too many combinations of them.
 */
export function coverageOf(columns: readonly InputColumn[], rules: number): Coverage | undefined {
  const samples = columns.map(samplesOf);
  const combinations = samples.reduce((product, column) => product * column.length, 1);
  if (combinations > MOST_COMBINATIONS) return undefined;
  const reached = new Set<number>();
  let gap: readonly string[] | undefined;
  for (let number = 0; number < combinations; number++) {
    const chosen = combination(samples, number);
    const hit = firstHit(chosen, rules);
    if (hit === undefined) {
      gap ??= chosen.map(({ shown }, index) => `${columns[index]?.name ?? ''} = ${shown}`);
    } else {
      reached.add(hit);
    }
  }
  const unreached = Array.from({ length: rules }, (_, rule) => rule).filter(
    (rule) => !reached.has(rule),
  );
  return { unreached, ...(gap !== undefined && { gap }) };
}

/** Reads a number as one digit for each column. */
function combination(samples: readonly (readonly Sample[])[], number: number): readonly Sample[] {
  let rest = number;
  return samples.map((column) => {
    const sample = column[rest % column.length];
    rest = Math.floor(rest / column.length);
    return sample ?? { shown: '', matches: [] };
  });
}

function firstHit(chosen: readonly Sample[], rules: number): number | undefined {
  for (let rule = 0; rule < rules; rule++) {
    if (chosen.every(({ matches }) => matches[rule] === true)) return rule;
  }
  return undefined;
}

function samplesOf(column: InputColumn): readonly Sample[] {
  const { domain, mayBeEmpty, cells } = column;
  const named = cells.flatMap((cell) => cell.named);
  const values: { readonly value: unknown; readonly shown: string }[] = valuesOf(domain, named).map(
    (value) => ({ value, shown: domain.show(value) }),
  );
  if (domain.members === undefined && domain.axis === undefined) {
    values.push({ value: OTHER_TEXT, shown: 'anything else' });
  }
  if (mayBeEmpty) values.push({ value: null, shown: 'empty' });
  return distinct(
    values.map(({ value, shown }) => ({
      shown,
      matches: cells.map((cell) => cell.matches(value)),
    })),
  );
}

/** A text that no cell names: a character that no text has. */
const OTHER_TEXT = '\uFFFF';

function valuesOf(domain: InputDomain, named: readonly unknown[]): readonly unknown[] {
  if (domain.members !== undefined) return domain.members;
  return domain.axis === undefined ? [...new Set(named)] : onAxis(domain.axis, named);
}

/** Where nothing is named, any value will do. */
const ORIGIN = new ExactDecimal(0);

/** The named values, one between each two of them, and one beyond each end. */
function onAxis(axis: Axis, named: readonly unknown[]): readonly unknown[] {
  const places = named.map((value) => axis.place(value)).sort((a, b) => a.comparedTo(b));
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined) return [axis.valueAt(ORIGIN)];
  const found = [first.minus(1), ...places, last.plus(1)];
  places.forEach((place, index) => {
    const next = places[index + 1];
    if (next === undefined || next.equals(place)) return;
    const between = axis.isDiscrete ? place.plus(1) : place.plus(next).dividedBy(2);
    if (between.lessThan(next)) found.push(between);
  });
  return found.map((place) => axis.valueAt(place));
}

/** Values that every rule treats alike are one. */
function distinct(samples: readonly Sample[]): readonly Sample[] {
  const byMatches = new Map<string, Sample>();
  for (const sample of samples) {
    const key = sample.matches.map(Number).join('');
    if (!byMatches.has(key)) byMatches.set(key, sample);
  }
  return [...byMatches.values()];
}
