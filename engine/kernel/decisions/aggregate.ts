import type { Aggregate, Decision } from '../definition/decision.ts';
import type { Json, JsonObject } from '../json.ts';
import { WHOLE_NUMBER } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import { ExactDecimal, exact } from '../values/decimal.ts';
import { toRunning, toStored } from '../values/stored.ts';
import { domainOf } from './input-domain.ts';

/** Makes one value of the results of all rules that hold; empty for the least of none. */
export type Aggregation = (results: readonly JsonObject[]) => Json;

/** The kinds of output that can be added up; those with an order can be compared. */
const ADDED: readonly ValueType['kind'][] = ['number', 'whole number', 'decimal', 'duration'];

/** The type of what an aggregate gives; `undefined` where its output has no such value. */
export function aggregateType(aggregate: Aggregate, decision: Decision): ValueType | undefined {
  if (aggregate.kind === 'count') return WHOLE_NUMBER;
  const type = decision.outputs.find(({ name }) => name === aggregate.output)?.type;
  if (type === undefined) return undefined;
  const isFit = aggregate.kind === 'sum' ? ADDED.includes(type.kind) : hasOrder(type);
  return isFit ? type : undefined;
}

function hasOrder(type: ValueType): boolean {
  return domainOf(type)?.axis !== undefined;
}

/** Compiles an aggregate over an output of a type that `aggregateType` has accepted. */
export function compileAggregate(aggregate: Aggregate, type: ValueType): Aggregation {
  if (aggregate.kind === 'count') return (results) => results.length;
  const { kind, output } = aggregate;
  const axis = domainOf(type)?.axis;
  const [read, write] = [toRunning(type), toStored(type)];
  return (results) => {
    const places = results.flatMap((result) => {
      const stored = result[output];
      return axis === undefined ? [] : [axis.place(read?.(stored) ?? stored)];
    });
    const [first] = places;
    if (axis === undefined || (first === undefined && kind !== 'sum')) return null;
    const place =
      kind === 'sum'
        ? places.reduce((total, next) => total.plus(next), new ExactDecimal(0))
        : ExactDecimal[kind](...places);
    const value = axis.valueAt(type.kind === 'decimal' ? exact(place) : place);
    return (write?.(value) ?? value) as Json;
  };
}
