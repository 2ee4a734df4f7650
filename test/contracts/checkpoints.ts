import { expect } from 'chai';
import type { CaseHead, Checkpoint } from '../../engine/governance/checkpoint.ts';
import { NO_CHECKPOINT, leafText } from '../../engine/governance/checkpoint.ts';
import { NO_ACT } from '../../engine/governance/acts.ts';
import type { Checkpoints } from '../../engine/ports/checkpoints.ts';
import type { Store } from '../../engine/ports/store.ts';
import { START, sampleCase, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the checkpoints port, for any adapter. */
export function describeCheckpoints(useStore: UseStore): void {
  describe('checkpoints', () => {
    const store = useStore();

    it('gives back what was saved, and begins with none', async () => {
      const { checkpoints } = store();
      expect(await checkpoints.newest()).to.equal(undefined);
      expect(await checkpoints.list(0, 10)).to.deep.equal([]);
      await saveCase(store(), 'a', 1);
      const first = await make(checkpoints, 1);
      expect(first).to.deep.equal([head('a', 1)]);
      await saveCase(store(), 'b', 1);
      await make(checkpoints, 2);
      expect(await checkpoints.newest()).to.deep.equal(checkpoint(2));
      expect(await checkpoints.list(0, 1)).to.deep.equal([checkpoint(1)]);
      expect(await checkpoints.list(1, 5)).to.deep.equal([checkpoint(2)]);
      expect(await checkpoints.leaves(1, 0, 5)).to.deep.equal([
        { part: 1, leaves: [leafText(head('a', 1))] },
      ]);
      expect(await checkpoints.leaves(1, 1, 5)).to.deep.equal([]);
    });

    it('names what has moved since, and nothing where nothing has', async () => {
      const { checkpoints } = store();
      await saveCase(store(), 'a', 1);
      await saveCase(store(), 'b', 1);
      await make(checkpoints, 1);
      expect(await moved(checkpoints)).to.deep.equal([]);
      await saveCase(store(), 'b', 2);
      await saveCase(store(), 'b', 3);
      await saveCase(store(), 'c', 1);
      expect(await make(checkpoints, 2)).to.deep.equal([head('b', 3), head('c', 1)]);
      expect(await moved(checkpoints)).to.deep.equal([]);
    });

    it('goes on where a run was cut', async () => {
      const { checkpoints } = store();
      for (const id of ['a', 'b', 'c']) await saveCase(store(), id, 1);
      const { heads, place, isMore } = await checkpoints.moved(undefined, 2);
      expect([heads.length, isMore]).to.deep.equal([2, true]);
      await checkpoints.add(checkpoint(1), heads, place);
      await saveCase(store(), 'd', 1);
      const second = await make(checkpoints, 2);
      const third = await make(checkpoints, 3);
      const all = [...heads, ...second, ...third].map(({ caseId }) => caseId);
      expect([...new Set(all)].sort()).to.deep.equal(['a', 'b', 'c', 'd']);
    });

    it('saves one of two with the same number', async () => {
      const { checkpoints } = store();
      await saveCase(store(), 'a', 1);
      const { heads, place } = await checkpoints.moved(undefined, 10);
      const ends = await Promise.all(
        [1, 2, 3].map(() => checkpoints.add(checkpoint(1), heads, place)),
      );
      expect(ends.filter((saved) => saved)).to.have.length(1);
      expect(await checkpoints.list(0, 10)).to.deep.equal([checkpoint(1)]);
    });

    it('keeps many leaves in parts', async () => {
      const { checkpoints } = store();
      const { place } = await checkpoints.moved(undefined, 10);
      const heads = Array.from({ length: 2_500 }, (_, index) =>
        head(`c${String(index).padStart(4, '0')}`, 1),
      );
      expect(await checkpoints.add(checkpoint(1), heads, place)).to.equal(true);
      const parts = await checkpoints.leaves(1, 0, 10);
      expect(parts.map(({ part }) => part)).to.deep.equal([1, 2, 3]);
      expect(parts.flatMap(({ leaves }) => leaves)).to.deep.equal(heads.map(leafText));
    });

    it('names a case that went to the archive before it was stated', async () => {
      const { checkpoints } = store();
      await saveCase(store(), 'a', 1);
      await make(checkpoints, 1);
      await saveCase(store(), 'b', 1, 'finished');
      await toArchive(store(), 'b', 1);
      await saveCase(store(), 'c', 1);
      expect(await make(checkpoints, 2)).to.deep.equal([head('b', 1), head('c', 1)]);
      expect(await moved(checkpoints)).to.deep.equal([]);
    });

    it('misses nothing where the newest entry of all goes to the archive', async () => {
      const { checkpoints } = store();
      await saveCase(store(), 'a', 1);
      await saveCase(store(), 'b', 1, 'finished');
      await make(checkpoints, 1);
      await toArchive(store(), 'b', 1);
      await saveCase(store(), 'c', 1);
      const heads = await make(checkpoints, 2);
      expect(heads).to.deep.include(head('c', 1));
    });

    it('is made anew where the newest entry went to the archive while it was made', async () => {
      const { checkpoints } = store();
      await saveCase(store(), 'a', 1);
      await saveCase(store(), 'b', 1, 'finished');
      const run = await checkpoints.moved(undefined, 10);
      await toArchive(store(), 'b', 1);
      await saveCase(store(), 'c', 1);
      const isSaved = await checkpoints.add(checkpoint(1), run.heads, run.place);
      const stated = [...(isSaved ? run.heads : []), ...(await make(checkpoints, isSaved ? 2 : 1))];
      expect(new Set(stated.map(({ caseId }) => caseId))).to.deep.equal(new Set(['a', 'b', 'c']));
    });

    it('misses no head, however many save and move to the archive while it is made', async () => {
      const { checkpoints } = store();
      const stated = new Map<string, number>();
      let isSaving = true;
      const save = async (host: number): Promise<void> => {
        for (let n = 0; n < 25; n += 1) {
          const id = `h${host}-${n}`;
          await saveCase(store(), id, 1);
          await saveCase(store(), id, 2, 'finished');
          if (n % 3 === 0) await toArchive(store(), id, 2);
        }
      };
      const state = async (): Promise<void> => {
        let wasSaving: boolean;
        do {
          wasSaving = isSaving;
          const number = ((await checkpoints.newest())?.number ?? 0) + 1;
          const heads = await make(checkpoints, number).catch(() => []);
          for (const { caseId, seq } of heads) stated.set(caseId, seq);
        } while (isSaving || wasSaving);
      };
      const saving = Promise.all([save(1), save(2), save(3)]).then(() => {
        isSaving = false;
      });
      await Promise.all([saving, state(), state()]);
      await state();
      const all = [1, 2, 3].flatMap((host) =>
        Array.from({ length: 25 }, (_, n) => `h${host}-${n}`),
      );
      expect([...stated.keys()].sort()).to.deep.equal([...all].sort());
      expect(new Set(stated.values())).to.deep.equal(new Set([2]));
    });
  });
}

function head(caseId: string, seq: number): CaseHead {
  return { caseId, seq, hash: `hash-${caseId}-${seq}` };
}

function checkpoint(number: number): Checkpoint {
  const previous = NO_CHECKPOINT.hash;
  const facts = {
    number,
    at: START + number,
    covers: START,
    previous,
    leaves: 1,
    root: 'r',
    act: NO_ACT,
  };
  return { ...facts, key: 'k', signature: 's' };
}

async function saveCase(
  { cases }: Store,
  id: string,
  version: number,
  status: 'active' | 'finished' = 'active',
): Promise<void> {
  const its = sampleCase(id, { version, head: `hash-${id}-${version}`, status });
  expect(await cases.commit([sampleStep(its)])).to.deep.equal([{ kind: 'saved' }]);
}

async function toArchive({ archive }: Store, id: string, version: number): Promise<void> {
  await archive.copy([{ id, version }], START);
  expect(await archive.remove([{ id, version }])).to.equal(1);
}

/** What has moved: the newest head of each case, by its id. */
async function run(
  checkpoints: Checkpoints,
): Promise<{ readonly heads: readonly CaseHead[]; readonly place: string }> {
  const newest = new Map<string, CaseHead>();
  let place: string | undefined;
  for (;;) {
    const page = await checkpoints.moved(place, 7);
    for (const one of page.heads) {
      if (one.seq > (newest.get(one.caseId)?.seq ?? 0)) newest.set(one.caseId, one);
    }
    place = page.place;
    if (!page.isMore) break;
  }
  const heads = [...newest.values()].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  return { heads, place };
}

async function moved(checkpoints: Checkpoints): Promise<readonly CaseHead[]> {
  return (await run(checkpoints)).heads;
}

async function make(checkpoints: Checkpoints, number: number): Promise<readonly CaseHead[]> {
  const { heads, place } = await run(checkpoints);
  if (await checkpoints.add(checkpoint(number), heads, place)) return heads;
  throw new Error(`Checkpoint ${number} was not saved.`);
}
