import { notAChoice } from '../types/assignable.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import type { CellTest, Comparison } from './cell-syntax.ts';
import { parseCell } from './cell-syntax.ts';
import type { InputDomain } from './input-domain.ts';
import type { DecisionCode } from './problem-codes.ts';

/** Whether a running value (`null` for empty) is one that a cell means. */
export type CellMatch = (value: unknown) => boolean;

/** A cell that was found to be right. */
export interface Cell {
  readonly matches: CellMatch;
  /** True for `-`. */
  readonly isAnything: boolean;
  /** The values that it names: the ends of its intervals and what it compares with. */
  readonly named: readonly unknown[];
}

export type CompiledCell =
  | { readonly ok: true; readonly cell: Cell }
  | { readonly ok: false; readonly code: DecisionCode; readonly message: string };

/** What is wrong with a cell, on its way out of the parts that find it. */
class BadCell extends Error {
  readonly code: DecisionCode;

  constructor(code: DecisionCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Compiles a cell against the type of its input. */
export function compileCell(source: string, type: ValueType, domain: InputDomain): CompiledCell {
  const parsed = parseCell(source);
  if (!parsed.ok) return { ok: false, code: 'bad-cell', message: parsed.message };
  const named: unknown[] = [];
  try {
    const matches = compile(parsed.test, { type, domain, named });
    return { ok: true, cell: { matches, isAnything: parsed.test.kind === 'any', named } };
  } catch (error) {
    if (!(error instanceof BadCell)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

interface Column {
  readonly type: ValueType;
  readonly domain: InputDomain;
  readonly named: unknown[];
}

function compile(test: CellTest, column: Column): CellMatch {
  switch (test.kind) {
    case 'any':
      return () => true;
    case 'empty':
      return (value) => value === null;
    case 'value':
      return equals(read(test.text, column), column);
    case 'compare':
      return compares(test.op, read(test.text, column), column);
    case 'interval':
      return within(test, column);
    case 'not': {
      const matches = compile(test.of, column);
      return (value) => !matches(value);
    }
    case 'either': {
      const all = test.tests.map((part) => compile(part, column));
      return (value) => all.some((matches) => matches(value));
    }
  }
}

function read(text: string, { type, domain, named }: Column): unknown {
  const value = domain.read(text);
  if (value !== undefined) {
    named.push(value);
    return value;
  }
  if (type.kind === 'one of') {
    throw new BadCell('not-a-choice', notAChoice(text, type.choices).message);
  }
  const message = `"${text}" is no ${showKind(type)}. Write it like ${domain.example}.`;
  throw new BadCell('wrong-kind', message);
}

function equals(wanted: unknown, { domain: { axis } }: Column): CellMatch {
  if (axis === undefined) return (value) => value === wanted;
  const place = axis.place(wanted);
  return (value) => value !== null && axis.place(value).equals(place);
}

function compares(op: Comparison, bound: unknown, { type, domain: { axis } }: Column): CellMatch {
  if (axis === undefined) {
    throw new BadCell('wrong-kind', `"${op}" needs an order, and ${showKind(type)} has none.`);
  }
  const place = axis.place(bound);
  const holds = ORDER[op];
  return (value) => value !== null && holds(axis.place(value).comparedTo(place));
}

const ORDER: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function within(test: Extract<CellTest, { kind: 'interval' }>, column: Column): CellMatch {
  const [from, to] = [read(test.from, column), read(test.to, column)];
  const after = compares(test.includesFrom ? '>=' : '>', from, column);
  const before = compares(test.includesTo ? '<=' : '<', to, column);
  if (column.domain.axis?.place(from).greaterThan(column.domain.axis.place(to)) === true) {
    throw new BadCell('bad-cell', `The interval is empty: ${test.from} comes after ${test.to}.`);
  }
  return (value) => after(value) && before(value);
}
