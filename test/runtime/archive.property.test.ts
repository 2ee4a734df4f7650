import { expect } from 'chai';
import fc from 'fast-check';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { Store } from '../../engine/ports/store.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { archiveRound } from '../../engine/runtime/archive-round.ts';
import { allPages } from '../contracts/pages.ts';
import { START, sampleCase, sampleStep, sampleTask } from '../contracts/sample.ts';
import { publishVersions } from '../contracts/publish-versions.ts';
import type { Fault } from './failing-store.ts';
import { failingStore } from './failing-store.ts';
import { WORKSHOP_FILES } from '../kernel/fixtures/workshop.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';

const RUNS = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 300 : 25;
const CASES = 30;
const LATER = START + 365 * 24 * 3_600_000;

const FAULT = fc.constantFrom<Fault>(
  ...(['none', 'none', 'fails', 'saves and fails', 'dies', 'saves and dies'] as const),
);

describe('a move to the archive that fails, and hosts that die', () => {
  const catalogue = (async () => {
    const store = createMemoryStore();
    const policies = `${WORKSHOP_FILES.get('policies.yaml') ?? ''}retention: [{ archiveAfter: 1 day }]\n`;
    const files = { ...Object.fromEntries(WORKSHOP_FILES), 'policies.yaml': policies };
    await addRelease(
      { ...store, clock: { now: () => START } },
      { release: '1.1', digest: 'd', files, createdAt: START },
    );
    const workflow = { version: 1, digest: 'd', release: '1.1', pins: {}, publishedAt: START };
    const source = { text: '', files: {} } as never;
    await publishVersions(store, { ...workflow, name: 'online-quote', source });
    return { registry: store.registry, catalogue: new Catalogue(store.registry) };
  })();

  it('leaves every case in one place for whoever reads, with all that it has', async () => {
    const { registry, catalogue: cores } = await catalogue;
    const property = fc.asyncProperty(
      fc.array(FAULT, { minLength: 1, maxLength: 30 }),
      fc.array(fc.nat(CASES - 1), { maxLength: 20 }),
      async (faults, noted) => {
        const store = { ...createMemoryStore(), registry };
        const versions = await fill(store);
        const plan = faults.values();
        const notes = noted.values();
        for (let host = 0; host <= faults.length; host += 1) {
          const failing = failingStore(store, plan);
          const parts = { store: { ...failing.store, registry }, catalogue: cores };
          await runRound(archiveRound(parts, LATER), async () => {
            await note(store, versions, notes.next().value);
            await expectEachOnce(store, versions);
          });
          await expectEachOnce(store, versions);
        }
        // What was noted on while it moved goes in one more round, and its child in another.
        for (let round = 0; round < 3; round += 1) {
          await runRound(archiveRound({ store, catalogue: cores }, LATER), () => Promise.resolve());
        }
        await expectEachOnce(store, versions);
        expect(await idsIn(store)).to.deep.equal([]);
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  }).timeout(120_000);
});

/** Goes on to the end, or to the first failure; looks around after each commit. */
async function runRound(
  round: AsyncGenerator<number>,
  lookAround: () => Promise<void>,
): Promise<void> {
  try {
    for await (const moved of round) {
      expect(moved).to.be.at.least(0);
      await lookAround();
    }
  } catch (error) {
    expect(String(error)).to.match(/^Error: The (commit|host)/u);
  }
}

/** Something is noted on a finished case that may be about to move. */
async function note(
  { cases }: Store,
  versions: Map<string, number>,
  chosen: number | undefined,
): Promise<void> {
  if (chosen === undefined) return;
  const id = `c${chosen}`;
  const version = (versions.get(id) ?? 0) + 1;
  const its = sampleCase(id, { status: 'finished', version });
  const [end] = await cases.commit([sampleStep(its)]);
  if (end?.kind === 'saved') versions.set(id, version);
  else expect((await cases.load(id))?.archivedAt, id).to.equal(LATER);
}

async function fill({ cases }: Store): Promise<Map<string, number>> {
  const ids = Array.from({ length: CASES }, (_, index) => `c${index}`);
  await cases.commit(
    ids.map((id, index) => {
      // Every third is the child of the one before.
      const parent = { caseId: `c${index - 1}`, state: 'helping', visit: 1 };
      const its = sampleCase(id, { status: 'finished', ...(index % 3 === 2 ? { parent } : {}) });
      return sampleStep(its, { tasks: { open: [sampleTask(`${id}/review/1`, id)] } });
    }),
  );
  return new Map(ids.map((id) => [id, 1]));
}

async function idsIn(store: Store, archive?: 'with'): Promise<readonly string[]> {
  const filter = archive === undefined ? {} : { archive };
  const rows = await allPages((after) => store.worklist.cases(filter, after, 50));
  return rows.map(({ id }) => id).sort();
}

async function expectEachOnce(store: Store, versions: ReadonlyMap<string, number>): Promise<void> {
  expect(await idsIn(store, 'with')).to.deep.equal([...versions.keys()].sort());
  for (const [id, version] of versions) {
    expect((await store.cases.load(id))?.version, id).to.equal(version);
    expect(await store.cases.history(id), id).to.have.length(version);
    expect(await store.worklist.tasksOfCase(id), id).to.have.length(1);
  }
}
