import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { LARGE, REQUEST, fillRequest, follow } from '../server/quote-journey.ts';
import { createVisitor } from '../server/visitor.ts';
import { until } from '../until.ts';
import type { Ended, Place } from './with-program.ts';
import { withPrograms } from './with-program.ts';

type Environment = Readonly<Record<string, string>>;

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('operators at the command line', function () {
  if (!FULL) return;
  this.timeout(240_000);

  it('suspend, change, verify, replay and migrate what a host has left', () =>
    withPrograms(async (place) => {
      const workspace = join(place.folder, 'workspace');
      for (const name of ['core-data', 'workflows']) {
        await cp(name, join(workspace, name), { recursive: true });
      }
      const environment = { TRELLIS_WORKSPACE: workspace, TRELLIS_DEMO: 'on' };
      const run = (...words: readonly string[]): Promise<Ended> =>
        place.start(environment, ...words).ended();
      const references = await whileRunning(place, environment, bringTwoToReview);
      const [one = '', other = ''] = references;

      const suspended = await run('case', 'suspend', one, '--reason', 'Wait.', '--json');
      expect(suspended).to.include({ code: 0, err: '' });
      expect(JSON.parse(suspended.out)).to.include({ reference: one, status: 'suspended' });
      const twice = await run('case', 'suspend', one, '--reason', 'Wait.');
      expect(twice).to.include({ code: 2 });
      expect(twice.err).to.contain('suspended already');
      const again = ['case', 'resume', one, '--reason', 'Enough.'];
      expect(await run(...again)).to.include({ code: 0 });
      const change = ['case', 'modify', one, '--set', 'quote.discountPct=7', '--reason', 'A typo'];
      expect((await run(...change)).out).to.contain(`${one}: rep-review`);
      const wrong = await run('case', 'modify', one, '--set', 'quote.nothing=7', '--reason', 'x');
      expect(wrong).to.include({ code: 2 });
      expect(wrong.err).to.contain('no field "quote.nothing"');

      expect(await run('verify')).to.include({ code: 0 });
      expect((await run('replay', 'online-quote', '--on', '1')).out).to.contain('0 of them');
      const nowhere = await run('migrate', 'online-quote', '--to', '2');
      expect(nowhere).to.include({ code: 2 });
      expect(nowhere.err).to.contain('no workflow "online-quote" version "2"');

      await publishAnother(workspace);
      await whileRunning(place, environment, () => Promise.resolve());
      const unmapped = await run('migrate', 'online-quote', '--to', '2');
      expect(unmapped).to.include({ code: 1 });
      expect(unmapped.out).to.contain('cannot: "rep-review" is not there');
      const mapped = ['migrate', 'online-quote', '--to', '2', '--map', 'rep-review=checking'];
      const prepared = await run(...mapped, '--case', other, '--json');
      expect(prepared).to.include({ code: 0 });
      const { operation } = JSON.parse(prepared.out) as { readonly operation: { id: string } };
      const { id } = operation;
      expect((await run('operations', 'show', id)).out).to.contain('1 ready');
      const started = await run('operations', 'start', id, '--reason', 'A better check');
      expect(started).to.include({ code: 0 });
      expect(started.out).to.contain('1 done, 0 refused');
      expect((await run('operations', 'list')).out).to.contain('A better check');
      expect(await run('operations', 'start', id, '--reason', 'x')).to.include({ code: 2 });
      const all = ['operations', 'prepare', 'suspend', '--workflow', 'online-quote'];
      expect((await run(...all)).out).to.contain('2 ready');
      const every = ['operations', 'prepare', 'modify', '--workflow', 'online-quote'];
      expect((await run(...every, '--set', 'comment=Later')).out).to.contain('2 ready');
      expect(await run('verify')).to.include({ code: 0 });
    }));
});

/** Starts a host for some work, and stops it again. */
async function whileRunning<T>(
  place: Place,
  environment: Environment,
  work: (origin: string, printed: string) => Promise<T>,
): Promise<T> {
  const host = place.start(environment);
  const origin = await host.origin();
  const done = await work(origin, host.out());
  host.kill('SIGINT');
  expect(await host.ended()).to.include({ code: 0 });
  return done;
}

/** Asks for two prices that somebody must check. */
async function bringTwoToReview(origin: string, printed: string): Promise<readonly string[]> {
  const references: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    const customer = createVisitor(origin);
    await fillRequest(customer, LARGE);
    await follow(customer.post(`${REQUEST}?step=check`));
    const { text } = await customer.get(`${REQUEST}/sent`);
    references.push(/Q-\d+-\d+/u.exec(text)?.[0] ?? '');
  }
  const rep = createVisitor(origin);
  const password = /rita@meridian\.example\s+(\S+)/u.exec(printed)?.[1] ?? '';
  const signIn = [['email', 'rita@meridian.example'] as const, ['password', password] as const];
  await follow(rep.post('/sign-in', signIn));
  await until('both reviews', async () => {
    const { text } = await rep.get('/inbox/team');
    return references.every((reference) => text.includes(reference));
  });
  return references;
}

/** Gives a state of the workflow another name. */
async function publishAnother(workspace: string): Promise<void> {
  const file = join(workspace, 'workflows', 'online-quote', 'workflow.yaml');
  const source = await readFile(file, 'utf8');
  await writeFile(file, source.replaceAll('rep-review', 'checking'));
  const cases = join(workspace, 'workflows', 'online-quote', 'cases.yaml');
  await writeFile(cases, (await readFile(cases, 'utf8')).replaceAll('rep-review', 'checking'));
}
