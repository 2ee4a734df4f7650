import { Catalogue, TrellisError, firstVersion, replayHistory } from '../../engine/index.ts';
import type { CaseRow, Store } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export interface Replay {
  /** The version to play on. */
  readonly on: string;
  /** How many of the newest cases are played. */
  readonly last: string;
}

/** Plays stored histories on another version. Exit code 1 where something would have been
 * otherwise; a case that was erased is no reason for it. */
export async function replayCommand(
  workflow: string,
  { on, last }: Replay,
  output: Output,
): Promise<ExitCode> {
  const [version, count] = [numberIn('--on', on), numberIn('--last', last)];
  return withStoreToRead(async (store): Promise<ExitCode> => {
    const catalogue = new Catalogue(store.registry);
    const other = await catalogue.version(workflow, version);
    const replayed = [];
    for (const row of await newest(store, workflow, count)) {
      const history = await store.cases.history(row.id);
      const began = (history[0] && firstVersion(history[0])) ?? row.workflowVersion;
      const own = await catalogue.version(workflow, began);
      const { differences, erased } = replayHistory(history, own, other);
      const gone = erased === undefined ? {} : { erased };
      replayed.push({ case: row.id, reference: row.reference, differences, ...gone });
      const verdict =
        differences.length > 0 ? 'DIFFERS' : erased === undefined ? 'same   ' : 'ERASED ';
      output.line(`${verdict}  ${row.reference} (version ${row.workflowVersion})`);
      for (const { seq, event, message } of differences) {
        output.line(`         entry ${seq} (${event}): ${message}`);
      }
      if (erased === undefined) continue;
      output.line(
        `         entry ${erased.seq}: it cannot be played from here on, for governance act ${erased.act} has erased it`,
      );
    }
    const differing = replayed.filter(({ differences }) => differences.length > 0).length;
    const unplayed = replayed.filter((one) => 'erased' in one).length;
    output.line(
      `${replayed.length} cases on version ${version}, ${differing} of them otherwise${unplayed === 0 ? '' : `, ${unplayed} of them erased`}`,
    );
    output.result({ workflow, version, replayed });
    return differing === 0 ? 0 : 1;
  });
}

/** The newest cases of a workflow, page by page. */
async function newest(
  { worklist }: Store,
  workflow: string,
  count: number,
): Promise<readonly CaseRow[]> {
  const rows: CaseRow[] = [];
  let after: string | undefined;
  do {
    const page = await worklist.cases(
      { workflow, archive: 'with' },
      after,
      Math.min(count - rows.length, 200),
    );
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < count);
  return rows;
}

function numberIn(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new TrellisError('bad-option', `${option} takes a number from 1 on, not "${text}".`);
}
