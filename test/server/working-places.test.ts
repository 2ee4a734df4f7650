import { expect } from 'chai';
import fc from 'fast-check';
import { WorkingPlaces } from '../../server/admission/working-places.ts';
import type { WorkingPlace } from '../../server/admission/working-places.ts';

interface Taken {
  readonly client: string;
  readonly place: WorkingPlace;
}

/** Keeps a record of who is worked on, in the order in which they began. */
function watched(room: number): {
  readonly begun: string[];
  readonly take: (client: string) => Taken;
} {
  const places = new WorkingPlaces(room);
  const begun: string[] = [];
  return {
    begun,
    take: (client) => {
      const place = places.take(client);
      void place.ready.then(() => begun.push(client));
      return { client, place };
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('working places', () => {
  it('leave one client three quarters of them, and the rest to who comes newly', async () => {
    const { begun, take } = watched(8);
    for (let number = 0; number < 20; number++) take('a');
    await settled();
    expect(begun).to.have.length(6);
    take('b');
    await settled();
    expect(begun.at(-1)).to.equal('b');
  });

  it('let clients take turns, however many one of them has sent', async () => {
    const { begun, take } = watched(4);
    const first = [take('a'), take('a'), take('a'), take('b')];
    for (let number = 0; number < 9; number++) take('a');
    take('b');
    take('c');
    await settled();
    begun.length = 0;
    for (const { place } of first) place.giveBack();
    await settled();
    expect(begun.slice(0, 3)).to.have.members(['a', 'b', 'c']);
  });

  it('forget who leaves the line, and take a place back once', async () => {
    const { begun, take } = watched(1);
    const first = take('a');
    const leaves = take('a');
    take('a');
    leaves.place.giveBack();
    first.place.giveBack();
    first.place.giveBack();
    await settled();
    expect(begun).to.have.length(2);
    take('b');
    await settled();
    expect(begun, 'the second has it').to.have.length(2);
  });

  it('never let more work than there are places, and everybody in the end', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(20)), { maxLength: 60 }),
        async (room, steps) => {
          const { begun, take } = watched(room);
          const open: Taken[] = [];
          let [taken, gone] = [0, 0];
          const working = async (): Promise<number> => {
            await settled();
            return begun.length - gone;
          };
          for (const step of steps) {
            if (typeof step === 'string') {
              open.push(take(step));
              taken += 1;
            } else {
              // Only who works gives back here: they began in order of their clients' turns.
              const atWork = begun.length - gone;
              if (atWork === 0) continue;
              const worker = open.find(({ client }) => client === begun[gone]);
              open.splice(open.indexOf(worker ?? fail()), 1);
              worker?.place.giveBack();
              gone += 1;
            }
            expect(await working()).to.be.at.most(room);
            if (open.length > 0) expect(await working()).to.be.above(0);
          }
          while (gone < taken) {
            const worker = open.find(({ client }) => client === begun[gone]);
            open.splice(open.indexOf(worker ?? fail()), 1);
            worker?.place.giveBack();
            gone += 1;
            await settled();
          }
          expect(begun).to.have.length(taken);
        },
      ),
      { numRuns: 60 },
    ));
});

function fail(): never {
  throw new Error('Nobody works who has begun.');
}
