import { createIds } from '../../engine/adapters/system/ids.ts';
import { createSystemClock } from '../../engine/adapters/system/clock.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { Step } from '../../engine/ports/step.ts';
import type { Client } from './drivers.ts';
import { openRaw } from './drivers.ts';
import { writeGroups } from './raw-limit.ts';
import type { Row } from './raw-rows.ts';
import { CASE_WRITES } from './raw-rows.ts';

/** Writes whole cases as fast as the driver can: the limit that no engine over it can pass. */
export interface RawCases {
  /**
   * Writes the steps of one case after the other for a group of cases at once, a transaction for
   * each step of all, again and again for as long. Answers how many cases a second were durable,
   * counting only the time in which the driver worked.
   */
  write(seconds: number): Promise<number>;
}

const ids = createIds(createSystemClock());

/** Opens the driver on a file with the product's own tables; the sample is all steps of one case. */
export async function withRawCases<T>(
  { file, client, callers }: { file: string; client: Client; callers: number },
  sample: readonly Step[],
  work: (writer: RawCases) => Promise<T>,
): Promise<T> {
  const migrated = await openStore({ file, client });
  await migrated.close();
  const { session, close } = await openRaw(file, client);
  try {
    return await work({
      write: async (seconds) => {
        let busy = 0;
        let written = 0;
        while (busy < seconds * 1000) {
          const renamings = Array.from({ length: callers }, () => renaming(sample));
          for (const step of sample) {
            const groups = CASE_WRITES.map((rows) => ({
              ...rows,
              rows: renamings.flatMap((rename) => rows.of(step).map(rename)),
            }));
            busy += await writeGroups(session, groups);
          }
          written += callers;
        }
        return (written * 1000) / busy;
      },
    });
  } finally {
    await close();
  }
}

/** Gives the rows of a case other keys, of the same length, wherever they stand. */
function renaming(sample: readonly Step[]): (row: Row) => Row {
  const keys = sample.flatMap((step) => [
    ...step.submissions.map(({ key }) => key),
    ...(step.receive ?? []).map(({ id }) => id),
    ...step.links.map(({ hash }) => hash),
  ]);
  const [first] = sample;
  const old = first === undefined ? keys : [first.case.id, first.case.reference, ...keys];
  const pairs = old.map((key) => [key, `${ids.next()}${key}`.slice(0, key.length)] as const);
  const renamed = (text: string): string =>
    pairs.reduce((now, [from, to]) => now.replaceAll(from, to), text);
  return (row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'string' ? renamed(value) : value,
      ]),
    );
}
