import { expect } from 'chai';
import { usePostgres } from '../../postgres/use-postgres.ts';
import type { Conflicts } from './run-conflicts.ts';
import { runConflicts } from './run-conflicts.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';
const REQUESTS = FULL ? 1_000 : 200;

function expectOneOf({ exclusive, exclusiveEvents, sameKey, sameKeyEvents }: Conflicts): void {
  expect(Object.fromEntries(exclusive)).to.deep.equal({ 200: 1, 409: REQUESTS - 1 });
  expect(exclusiveEvents).to.equal(1);
  expect([...sameKey]).to.have.length(1);
  expect(sameKeyEvents).to.equal(1);
}

describe('many requests about one case at once', function () {
  this.timeout(120_000);

  it('on SQLite: one event happens, and one key has one answer', async () => {
    expectOneOf(await runConflicts(REQUESTS));
  });

  if (!FULL) return;
  describe('on PostgreSQL', () => {
    const url = usePostgres();

    it('over two hosts: one event happens, and one key has one answer', async () => {
      expectOneOf(await runConflicts(REQUESTS, { url: url(), hosts: 2 }));
    });
  });
});
