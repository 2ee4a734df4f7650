import type { CoreView } from '../../kernel/core-view.ts';
import { checkExpression } from '../../kernel/expressions/check.ts';
import type { Json } from '../../kernel/json.ts';
import { momentIn } from '../../kernel/rehearsal/rehearsed.ts';
import { OLD } from '../evolution/formulas.ts';
import type { NameChanges } from './name-changes.ts';

/** What a value of a locked type lacks, with values for it. */
export type MissingValues = (type: string, value: Json) => readonly (readonly [string, Json])[];

/**
 * Tells what values of an earlier release lack that must be there now, as far as the release fills it
 * with the same in all of them; under the names that fields have now.
 */
export function missingValues(core: CoreView, changes: NameChanges): MissingValues {
  const fillers = [...changes.required].flatMap((field) => {
    const [type = '', old = ''] = field.split('.');
    const value = constantOf(changes.filled.get(field), type, core);
    const name = changes.renamed.get(field) ?? old;
    return value === undefined ? [] : [{ type, old, name, value }];
  });
  return (type, value) =>
    fillers
      .filter((filler) => filler.type === type && !hasField(value, filler.old))
      .map(({ name, value: filler }) => [name, filler]);
}

/** What a formula gives that reads nothing. */
function constantOf(formula: string | undefined, type: string, core: CoreView): Json | undefined {
  const old = core.types.get(type)?.type;
  if (formula === undefined || old === undefined) return undefined;
  const read = checkExpression(formula, { variables: { [OLD]: old }, present: new Set() });
  if (!read.ok || read.expression.reads.length > 0) return undefined;
  // Test cases say themselves when they are played.
  const value = read.expression.evaluate({ variables: {}, ...momentIn(core, 0) }) as Json;
  return value ?? undefined;
}

function hasField(value: Json, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}
