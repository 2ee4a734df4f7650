import { PUBLIC, join } from '../classification.ts';
import type { Classification } from '../classification.ts';
import { fieldOf } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';

/** A value that flows into a result, and where it was read. */
export interface Flow {
  readonly path: string;
  readonly type: ValueType;
  /**
   * In which field of the result it ends, of the items where that is a list; none for the result as a
   * whole. Absent where it only has to do with what the result is.
   */
  readonly into?: readonly string[];
}

/** What flows into an object of which these flow into one field. */
export function flowsInto(field: string, flows: readonly Flow[]): readonly Flow[] {
  return flows.map((flow) => ({ ...flow, into: [field, ...(flow.into ?? [])] }));
}

/** What of all that flows into an object, or the items of a list, flows into one field of it. */
export function flowsOutOf(field: string, flows: readonly Flow[]): readonly Flow[] {
  return flows.flatMap((flow): readonly Flow[] => {
    const { path, type, into } = flow;
    if (into === undefined) return [flow];
    const [first, ...rest] = into;
    if (first !== undefined) return first === field ? [{ ...flow, into: rest }] : [];
    const inner = fieldOf(type.kind === 'list' ? type.of : type, field);
    return inner === undefined ? [flow] : [{ path: `${path}.${field}`, type: inner, into: [] }];
  });
}

/** The classification of everything that flows. */
export function classificationOf(flows: readonly Flow[]): Classification {
  return flows.reduce((all, flow) => join(all, flow.type.classification), PUBLIC);
}
