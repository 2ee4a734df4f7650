import { mkdtemp, readFile, rm, writeFile, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createAnchorFile } from '../../engine/adapters/system/anchor-file.ts';
import { createCheckpointSigner } from '../../engine/adapters/system/public-signer.ts';
import { readAnchorLine } from '../../engine/governance/anchor-lines.ts';
import {
  NO_CHECKPOINT,
  checkpointFault,
  checkpointHash,
} from '../../engine/governance/checkpoint.ts';
import { MerkleRoot } from '../../engine/governance/merkle.ts';
import type { Anchor } from '../../engine/ports/anchor.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { Store } from '../../engine/ports/store.ts';
import { Checkpointer } from '../../engine/runtime/checkpointer.ts';
import { makeCheckpoints } from '../../engine/runtime/make-checkpoint.ts';
import { START, sampleCase, sampleStep } from '../contracts/sample.ts';

const SIGNER = createCheckpointSigner(new Uint8Array(48).fill(7));
const MINUTE = 60_000;

async function save({ cases }: Store, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const version = ((await cases.load(id))?.version ?? 0) + 1;
    const its = sampleCase(id, { version, head: `hash-${id}-${version}` });
    expect(await cases.commit([sampleStep(its)])).to.deep.equal([{ kind: 'saved' }]);
  }
}

async function make(store: Store, most?: number): Promise<readonly number[]> {
  const clock = { now: () => START };
  const made: number[] = [];
  const parts = { store, clock, signer: SIGNER, ...(most === undefined ? {} : { most }) };
  for await (const { number } of makeCheckpoints(parts)) made.push(number);
  return made;
}

/** Holds what is stored of checkpoints together, and answers the cases that each states. */
async function stated({ checkpoints }: Store): Promise<readonly string[][]> {
  let before = NO_CHECKPOINT;
  const all: string[][] = [];
  for (const one of await checkpoints.list(0, 100)) {
    expect(checkpointFault(one, before, [SIGNER.key])).to.equal(undefined);
    before = { number: one.number, hash: checkpointHash(one) };
    const leaves = (await checkpoints.leaves(one.number, 0, 100)).flatMap((part) => part.leaves);
    const root = new MerkleRoot();
    for (const leaf of leaves) root.add(leaf);
    expect(one).to.include({ leaves: leaves.length, root: root.hash() });
    all.push(leaves.map((leaf) => leaf.split(' ')[2] ?? ''));
  }
  return all;
}

function logTo(lines: string[]): Log {
  const add = (message: string): void => {
    lines.push(message);
  };
  return { info: add, warn: add, error: add };
}

describe('making checkpoints', () => {
  it('states what has moved, and nothing where nothing has', async () => {
    const store = createMemoryStore();
    expect(await make(store)).to.deep.equal([]);
    await save(store, 'b', 'a');
    expect(await make(store)).to.deep.equal([1]);
    expect(await make(store)).to.deep.equal([]);
    await save(store, 'b');
    expect(await make(store)).to.deep.equal([2]);
    expect(await stated(store)).to.deep.equal([['a', 'b'], ['b']]);
  });

  it('states more cases than one takes in several, of which only the last covers all', async () => {
    const store = createMemoryStore();
    const ids = Array.from({ length: 4_500 }, (_, index) => `c${10_000 + index}`);
    await save(store, ...ids);
    expect(await make(store, 1_000)).to.deep.equal([1, 2, 3]);
    expect((await stated(store)).flat()).to.deep.equal(ids);
    const covers = (await store.checkpoints.list(0, 9)).map((one) => one.covers);
    expect(covers).to.deep.equal([0, 0, START]);
  });

  it('is done by several hosts at once, each head stated', async () => {
    const store = createMemoryStore();
    for (let round = 0; round < 5; round += 1) {
      await save(store, 'a', `b${round}`);
      await Promise.all([make(store), make(store), make(store)]);
    }
    const all = await stated(store);
    expect(new Set(all.flat()).size).to.equal(6);
    expect(await make(store)).to.deep.equal([]);
  });
});

describe('the checkpointer', () => {
  interface Scene {
    readonly store: Store;
    readonly lines: string[];
    pass(ms: number): Promise<void>;
    host(anchor?: Anchor): Checkpointer;
  }

  const scene = (): Scene => {
    const store = createMemoryStore();
    const clock = createSimulatedClock(START);
    const lines: string[] = [];
    const hosts: Checkpointer[] = [];
    return {
      ...{ store, lines },
      host: (anchor) => {
        const given = anchor === undefined ? {} : { anchor };
        const made = new Checkpointer({
          store,
          clock,
          signer: SIGNER,
          log: logTo(lines),
          ...given,
        });
        hosts.push(made);
        return made;
      },
      pass: async (ms) => {
        clock.advance(ms);
        await new Promise((resolve) => setImmediate(resolve));
        for (const one of hosts) await one.idle();
      },
    };
  };

  it('makes one a minute at most, however many hosts there are, and a last one at the end', async () => {
    const { store, pass, host } = scene();
    const [first, second] = [host(), host()];
    await save(store, 'a');
    first.start();
    second.start();
    await pass(0);
    expect(await stated(store)).to.deep.equal([['a']]);
    await save(store, 'b');
    await pass(MINUTE - 1);
    expect(await stated(store)).to.have.length(1);
    await pass(1);
    expect(await stated(store)).to.deep.equal([['a'], ['b']]);
    await pass(10 * MINUTE);
    expect(await stated(store)).to.have.length(2);
    await save(store, 'c');
    await first.stop();
    await save(store, 'd');
    await second.stop();
    expect(await stated(store)).to.deep.equal([['a'], ['b'], ['c'], ['d']]);
    await pass(10 * MINUTE);
    expect(await stated(store)).to.have.length(4);
  });

  it('says it where one cannot be made, and makes it the next time', async () => {
    const { store, pass, host, lines } = scene();
    let isBroken = true;
    const { add } = store.checkpoints;
    Object.assign(store.checkpoints, {
      add: (...given: Parameters<typeof add>) =>
        isBroken ? Promise.reject(new Error('disk full')) : add(...given),
    });
    host().start();
    await save(store, 'a');
    await pass(0);
    expect(lines).to.deep.equal(['making a checkpoint of the history failed']);
    isBroken = false;
    await pass(MINUTE);
    expect(await stated(store)).to.deep.equal([['a']]);
  });

  describe('with an anchor file', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'trellis-anchor-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    const numbersIn = async (file: string): Promise<readonly number[]> =>
      (await readFile(file, 'utf8'))
        .split('\n')
        .flatMap((line) => readAnchorLine(line)?.number ?? []);

    it('adds a line for each, also for those that others have made', async () => {
      const { store, host } = scene();
      const file = join(folder, 'deep', 'anchor.jsonl');
      await save(store, 'a');
      await make(store);
      await save(store, 'b');
      const own = host(createAnchorFile(file));
      own.start();
      await own.stop();
      expect(await numbersIn(file)).to.deep.equal([1, 2]);
      await save(store, 'c');
      await make(store);
      const later = host(createAnchorFile(file));
      later.start();
      await later.stop();
      expect(await numbersIn(file)).to.deep.equal([1, 2, 3]);
    });

    it('goes on behind a line that a host did not write to its end', async () => {
      const { store, host } = scene();
      const file = join(folder, 'anchor.jsonl');
      await writeFile(file, '');
      await save(store, 'a');
      await make(store);
      const own = host(createAnchorFile(file));
      own.start();
      await own.stop();
      await appendFile(file, '{"number":2,"at');
      await save(store, 'b');
      const later = host(createAnchorFile(file));
      later.start();
      await later.stop();
      expect(await numbersIn(file)).to.deep.equal([1, 2]);
    });

    it('says it where the anchor knows more than the database, and keeps what it knows', async () => {
      const { store, host, lines } = scene();
      const file = join(folder, 'anchor.jsonl');
      const elsewhere = createMemoryStore();
      await save(elsewhere, 'a');
      await make(elsewhere);
      await save(elsewhere, 'b');
      await make(elsewhere);
      await createAnchorFile(file).append(await elsewhere.checkpoints.list(0, 9));
      await save(store, 'c');
      const own = host(createAnchorFile(file));
      own.start();
      await own.stop();
      expect(lines).to.deep.equal(['the anchor has a checkpoint that the database does not have']);
      expect(await numbersIn(file)).to.deep.equal([1, 2, 1]);
    });
  });
});
