import { expect } from 'chai';
import type { Incident } from '../../engine/ports/step.ts';
import { START, sampleCase, sampleJob, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the incidents port, for any adapter. */
export function describeIncidents(useStore: UseStore): void {
  describe('incidents', () => {
    const store = useStore();

    it('keeps an incident with its job until a step resolves it', async () => {
      const { cases, incidents } = store();
      const [bound, free] = [
        incident('c1/1/1', 'c1', { state: 'pricing', visit: 2 }),
        incident('c1/1/2', 'c1'),
      ];
      const step = sampleStep(sampleCase('c1'), { incidents: { open: [bound, free] } });
      await cases.commit([step]);
      expect(await incidents.open('c1/1/1')).to.deep.equal(bound);
      expect(await incidents.open('other')).to.equal(undefined);
      const retry = sampleStep(sampleCase('c1', { version: 2 }), {
        incidents: { resolve: ['c1/1/1', 'unknown'] },
      });
      expect(await cases.commit([retry])).to.deep.equal([{ kind: 'saved' }]);
      expect(await incidents.open('c1/1/1')).to.equal(undefined);
      expect(await incidents.ofCase('c1')).to.deep.equal([free]);
    });

    it('opens one again that the same step resolves', async () => {
      const { cases, incidents } = store();
      const first = incident('c1/1/1', 'c1');
      const second = { ...first, code: 'oms-down', openedAt: START + 1 };
      await cases.commit([sampleStep(sampleCase('c1'), { incidents: { open: [first] } })]);
      const step = sampleStep(sampleCase('c1', { version: 2 }), {
        incidents: { resolve: [first.id], open: [second] },
      });
      expect(await cases.commit([step])).to.deep.equal([{ kind: 'saved' }]);
      expect(await incidents.open(first.id)).to.deep.equal(second);
    });

    it('resolves the incidents of visits that a step calls off, and no others', async () => {
      const { cases, incidents } = store();
      const pricing = { state: 'pricing', visit: 2 };
      const [bound, earlier, free, outliving] = [
        incident('c1/1/1', 'c1', pricing),
        incident('c1/1/2', 'c1', { ...pricing, visit: 1 }),
        incident('c1/1/3', 'c1'),
        incident('c1/1/4', 'c1', { state: 'pricing' }),
      ];
      const other = incident('c2/1/1', 'c2', pricing);
      await cases.commit([
        sampleStep(sampleCase('c1'), { incidents: { open: [bound, earlier, free, outliving] } }),
        sampleStep(sampleCase('c2'), { incidents: { open: [other] } }),
      ]);
      const leaving = { jobs: { stop: [pricing] } };
      await cases.commit([sampleStep(sampleCase('c1', { version: 2 }), leaving)]);
      expect(await incidents.ofCase('c1')).to.deep.equal([earlier, free, outliving]);
      expect(await incidents.ofCase('c2')).to.deep.equal([other]);
    });

    it('lists page by page in the order of ids, and those of one case', async () => {
      const { cases, incidents } = store();
      const of = (caseId: string, count: number) =>
        Array.from({ length: count }, (_, n) => incident(`${caseId}/1/${n}`, caseId));
      const [one, two] = [of('c1', 3), of('c2', 2)];
      await cases.commit([
        sampleStep(sampleCase('c2'), { incidents: { open: two } }),
        sampleStep(sampleCase('c1'), { incidents: { open: [...one].reverse() } }),
      ]);
      const first = await incidents.list(undefined, 4);
      expect(first).to.deep.equal([...one, ...two.slice(0, 1)]);
      expect(await incidents.list(first.at(-1)?.id, 4)).to.deep.equal(two.slice(1));
      expect(await incidents.ofCase('c1')).to.deep.equal(one);
    });

    it('groups by cause, page by page, and lists those of one cause', async () => {
      const { cases, incidents } = store();
      const alike = { cause: 'depot.take BUSY Busy', code: 'BUSY' };
      const [first, second] = [
        { ...incident('c1/1/1', 'c1', alike), message: 'Busy 1.', openedAt: START + 5 },
        { ...incident('c2/1/1', 'c2', alike), message: 'Busy 2.', openedAt: START + 3 },
      ];
      const other = incident('c1/1/2', 'c1');
      await cases.commit([
        sampleStep(sampleCase('c1'), { incidents: { open: [first, other] } }),
        sampleStep(sampleCase('c2'), { incidents: { open: [second] } }),
      ]);
      const busy = { ...alike, count: 2, message: 'Busy 2.', since: START + 3 };
      const [one, ...more] = await incidents.causes(undefined, 1);
      expect(one).to.deep.equal(busy);
      expect(more).to.deep.equal([]);
      const rest = await incidents.causes(one?.cause, 5);
      expect(rest.map(({ cause, count }) => [cause, count])).to.deep.equal([[other.cause, 1]]);
      expect(await incidents.list(undefined, 5, alike.cause)).to.deep.equal([first, second]);
      expect(await incidents.list(first.id, 5, alike.cause)).to.deep.equal([second]);
      expect(await incidents.list(undefined, 5, 'another')).to.deep.equal([]);
    });
  });
}

function incident(id: string, caseId: string, visit: object = {}): Incident {
  return {
    id,
    caseId,
    job: sampleJob(id, caseId),
    code: 'bad-answer',
    message: 'The price service answered "12,50" where a number was expected.',
    cause: 'prices.lookup bad-answer',
    openedAt: START,
    ...visit,
  };
}
