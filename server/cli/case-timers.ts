import { TrellisError, readTime } from '../../engine/index.ts';
import type { CaseTimer } from '../../engine/index.ts';
import { withOperations } from '../host/with-operations.ts';
import { COMMAND_LINE, caseOf } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Lists the time limits of one case of the settings' database. */
export async function listTimers(reference: string, output: Output): Promise<ExitCode> {
  return withOperations(async ({ operations, store }): Promise<ExitCode> => {
    const { id } = await caseOf(store, reference);
    const timers = await operations.timers(id);
    for (const { state, item, timer, at } of timers) {
      const time = at === undefined ? 'not running' : new Date(at).toISOString();
      const which = item === undefined ? '' : ` ${String(item)}`;
      output.line(`${time}  ${timer}  ${state}${which}`);
    }
    output.result({ case: id, reference, timers });
    return 0;
  });
}

export interface MoveTimer {
  readonly reason: string;
  readonly to: string;
  /** Its name in the list. */
  readonly timer: string;
  /** (Default: the only state that has such a timer now) */
  readonly in?: string;
  /** Of which item of a `forEach`, counted from 0. (Default: the only one that has such a timer) */
  readonly item?: string;
}

/** Lets a time limit of one case of the settings' database be up at another time. */
export async function moveTimer(
  reference: string,
  asked: MoveTimer,
  output: Output,
): Promise<ExitCode> {
  return withOperations(async ({ operations, store, catalogue }): Promise<ExitCode> => {
    const { id, workflow, workflowVersion } = await caseOf(store, reference);
    const { core } = await catalogue.version(workflow, workflowVersion);
    const at = readTime(asked.to, core.view.timeZone);
    if (at === undefined) {
      const message = `"${asked.to}" is no time. Write it like 2027-03-14T16:30, or 2027-03-14T16:30Z.`;
      throw new TrellisError('bad-value', message);
    }
    const { state, visit, item, timer } = chosen(await operations.timers(id), asked);
    const which = item === undefined ? {} : { item };
    await operations.modify({
      caseId: id,
      reason: asked.reason,
      actor: COMMAND_LINE,
      set: [],
      work: { kind: 'timer', state, visit, ...which, timer, at },
    });
    const time = new Date(at).toISOString();
    output.line(`${reference}: ${time}`);
    output.result({ case: id, reference, state, ...which, timer, at: time });
    return 0;
  });
}

function chosen(timers: readonly CaseTimer[], { timer, in: state, item }: MoveTimer): CaseTimer {
  const found = timers.filter((one) => {
    const isOfItem = item === undefined || String(one.item) === item;
    return one.timer === timer && (state === undefined || one.state === state) && isOfItem;
  });
  const [only, other] = found;
  if (only !== undefined && other === undefined) return only;
  const message =
    only === undefined
      ? `The case has no such time limit now. It has: ${timers.map((one) => `${one.timer} in ${placeOf(one)}`).join(', ') || 'none'}.`
      : `Several have a time limit "${timer}". Say which with --in and --item: ${found.map(placeOf).join(', ')}.`;
  throw new TrellisError('bad-value', message);
}

function placeOf({ state, item }: CaseTimer): string {
  return item === undefined ? state : `${state} (item ${String(item)})`;
}
