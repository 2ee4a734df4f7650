import { setImmediate } from 'node:timers/promises';
import type { CaseHead, Checkpoint, CheckpointFacts } from '../governance/checkpoint.ts';
import {
  NO_CHECKPOINT,
  checkpointHash,
  checkpointText,
  leafText,
} from '../governance/checkpoint.ts';
import { MerkleRoot } from '../governance/merkle.ts';
import type { Clock } from '../ports/clock.ts';
import type { PublicSigner } from '../ports/signer.ts';
import type { Store } from '../ports/store.ts';

export interface CheckpointParts {
  readonly store: Pick<Store, 'checkpoints' | 'governance'>;
  readonly signer: PublicSigner;
  readonly clock: Pick<Clock, 'now'>;
  /** The most cases that one checkpoint states; more take several. (Default: 20,000) */
  readonly most?: number;
}

/** Entries that are read at once. */
const PAGE = 2_000;
/** How many leaves are hashed before others may have their turn. */
const UNINTERRUPTED = 500;
/** How often one is made anew that another host was faster with. */
const TRIES = 5;

/** What has moved since the newest checkpoint, the newest entry of each case. */
interface Moved {
  readonly heads: readonly CaseHead[];
  readonly place: string;
  /** There is more, which the next one has to state. */
  readonly isMore: boolean;
}

/**
 * Makes checkpoints until whatever was saved before the call is stated by one; none where nothing has
 * moved. Another host that does the same at the moment makes some of them.
 */
export async function* makeCheckpoints(parts: CheckpointParts): AsyncGenerator<Checkpoint> {
  for (let tries = 0; tries < TRIES;) {
    const made = await makeOne(parts);
    if (made === undefined) return;
    if (made.isSaved) yield made.checkpoint;
    if (made.isSaved && !made.isMore) return;
    tries = made.isSaved ? 0 : tries + 1;
  }
}

interface Made {
  readonly checkpoint: Checkpoint;
  readonly isSaved: boolean;
  readonly isMore: boolean;
}

async function makeOne(parts: CheckpointParts): Promise<Made | undefined> {
  const { store, signer, clock, most = 20_000 } = parts;
  const at = clock.now();
  const before = await store.checkpoints.newest();
  const act = await store.governance.newestAct();
  const { heads, place, isMore } = await readMoved(store, most);
  if (heads.length === 0 && act.seq === (before?.act.seq ?? 0)) return undefined;
  const covers = isMore ? (before?.covers ?? 0) : at;
  const facts: CheckpointFacts = {
    ...{ number: (before?.number ?? 0) + 1, at, covers },
    previous: before === undefined ? NO_CHECKPOINT.hash : checkpointHash(before),
    leaves: heads.length,
    root: await rootOf(heads),
    act,
    key: signer.key,
  };
  const checkpoint = { ...facts, signature: signer.sign(checkpointText(facts)) };
  const isSaved = await store.checkpoints.add(checkpoint, heads, place);
  return { checkpoint, isSaved, isMore };
}

async function readMoved(
  { checkpoints }: Pick<Store, 'checkpoints'>,
  most: number,
): Promise<Moved> {
  const newest = new Map<string, CaseHead>();
  let page = await checkpoints.moved(undefined, PAGE);
  for (;;) {
    for (const head of page.heads) {
      if (head.seq > (newest.get(head.caseId)?.seq ?? 0)) newest.set(head.caseId, head);
    }
    if (!page.isMore || newest.size >= most) break;
    page = await checkpoints.moved(page.place, PAGE);
  }
  const heads = [...newest.values()].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  return { heads, place: page.place, isMore: page.isMore };
}

async function rootOf(heads: readonly CaseHead[]): Promise<string> {
  const root = new MerkleRoot();
  for (const [index, head] of heads.entries()) {
    root.add(leafText(head));
    if (index % UNINTERRUPTED === UNINTERRUPTED - 1) await setImmediate();
  }
  return root.hash();
}
