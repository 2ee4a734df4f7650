import { TrellisError } from '../../kernel/errors.ts';
import type { Actor } from '../../kernel/effects.ts';
import type { Start } from '../../kernel/definition/workflow.ts';
import type { OutOfForce } from '../../ports/out-of-force.ts';
import type { RunningCases } from '../../ports/worklist.ts';
import { assertShown, tokenOf } from './confirm-token.ts';
import { ForceDesk } from './force-desk.ts';
import type { PublishingParts } from './publishing-parts.ts';

/** What somebody decides on who retires a workflow. */
export interface RetireFacts {
  /** The newest version; it is the one that begins cases. */
  readonly newest: number;
  /** The starts of that version by which no case begins any more. */
  readonly starts: readonly Start[];
  /** Unfinished cases of all versions: they go on. */
  readonly running: readonly RunningCases[];
  /** The workflows that run it, sorted: they still may. */
  readonly runBy: readonly string[];
}

/** A workflow, as whoever would retire it is shown it. */
export interface RetireLook {
  readonly facts: RetireFacts;
  /** What to send with the decision. */
  readonly token: string;
  /** Since when and why it is retired already. */
  readonly retired?: OutOfForce;
}

/** Which workflow is retired, by whom and why. */
export interface Retire {
  readonly workflow: string;
  readonly actor: Actor;
  readonly reason: string;
  /** Of what was shown. */
  readonly token: string;
}

/** What a token is made of, in this order, and how each part is called where it has changed. */
const PARTS = [
  'the newest version of the workflow',
  'which of its versions have running cases',
  'which workflows run it',
] as const;

/**
 * What retiring a workflow would stop, and what it would not.
 * @throws `TrellisError` with code `no-workflow`, also for a core process: that goes with the core.
 */
export async function lookAtRetiring(
  name: string,
  { store, catalogue }: Pick<PublishingParts, 'store' | 'catalogue'>,
): Promise<RetireLook> {
  const { published, compiled } = await catalogue.newest(name);
  if (name.startsWith('core/')) {
    throw new TrellisError('no-workflow', 'A core process is taken away with the core, by IT.');
  }
  const out = await store.outOfForce.all();
  const retired = out.find((one) => one.kind === 'workflow' && one.name === name);
  const facts: RetireFacts = {
    newest: published.version,
    starts: compiled.workflow.starts.filter(({ kind }) => kind !== 'run'),
    running: await store.worklist.running(name),
    runBy: catalogue
      .list()
      .filter((one) => one.name !== name && name in one.pins)
      .map((one) => one.name),
  };
  const token = tokenOf(factsIn(facts));
  return { facts, token, ...(retired === undefined ? {} : { retired }) };
}

/**
 * Retires a workflow whose consequences somebody was shown: no more cases of it begin by forms,
 * programs, messages or the clock.
 * @throws `TrellisError` with code `no-workflow`, `review-stale`, `no-reason` or `already-out`.
 */
export async function retire(
  { workflow, actor, reason, token }: Retire,
  parts: PublishingParts,
): Promise<void> {
  const { facts, retired } = await lookAtRetiring(workflow, parts);
  // Where somebody was faster, that is what there is to say.
  if (retired === undefined) assertShown(token, factsIn(facts), PARTS);
  const key = { kind: 'workflow', name: workflow, part: '' } as const;
  await new ForceDesk(parts).takeOut({ key, actor, reason });
}

/** Cases come and go while somebody reads: of their number it is the magnitude that counts. */
function factsIn({ newest, running, runBy }: RetireFacts): readonly unknown[] {
  const counts = new Map<number, number>();
  for (const { version, count } of running) {
    counts.set(version, (counts.get(version) ?? 0) + count);
  }
  const groups = [...counts].map(([version, count]) => [version, String(count).length]);
  return [newest, groups.sort(([a = 0], [b = 0]) => a - b), [...runBy]];
}
