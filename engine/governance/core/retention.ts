import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { Path } from '../../kernel/problem.ts';
import type { Fault } from './fault.ts';
import { unknownName } from './fault.ts';

/** How long finished cases stay among the live ones; a line without a workflow is for all others. */
export const retentionSchema = Type.Array(
  Type.Object(
    {
      workflow: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      /** Counted from the last step of a case, which is its end or something noted after it. */
      archiveAfter: Type.String({
        pattern: '^([1-9][0-9]{0,4} (second|minute|hour|day|week|year)s?|never)$',
      }),
    },
    { additionalProperties: false },
  ),
  { maxItems: 500 },
);

export type Retention = Static<typeof retentionSchema>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UNITS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: MINUTE,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  year: 365 * 24 * HOUR,
};

/**
 * Tells after how long the finished cases of a workflow move to the archive, in milliseconds; without
 * a line that holds for it they never do.
 */
export function archiveAfter(retention: Retention, workflow: string): number | undefined {
  const own = retention.find((line) => line.workflow === workflow);
  const line = own ?? retention.find((one) => one.workflow === undefined);
  const [count = '', unit = ''] = (line?.archiveAfter ?? 'never').split(' ');
  const length = UNITS[unit.replace(/s$/u, '')];
  return length === undefined ? undefined : Number(count) * length;
}

/** Tells what of the rules cannot be meant: core processes that are not there, and second lines. */
export function retentionFaults(
  retention: Retention,
  processes: readonly string[],
): readonly Fault[] {
  return retention.flatMap(({ workflow }, index) => {
    const path: Path = ['retention', index];
    if (retention.findIndex((line) => line.workflow === workflow) < index) {
      const whose = workflow === undefined ? 'all other workflows' : `"${workflow}"`;
      const message = `There is a line for ${whose} already. Take one of the two away.`;
      return [{ code: 'retention-twice', path, message }];
    }
    // Workflows are not IT's: which there will be, is not known here.
    if (workflow?.startsWith('core/') !== true || processes.includes(workflow)) return [];
    return [unknownName('process', workflow, processes, [...path, 'workflow'])];
  });
}
