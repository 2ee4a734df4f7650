import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { makeEnvironment } from './environment.ts';
import type { Environment, Said } from './environment.ts';
import { withPrograms } from './with-program.ts';

const IAN = ['--as', 'ian@meridian.example'] as const;
const IRIS = ['--as', 'iris@meridian.example'] as const;

/** Proposes the core of a folder and lets another approve it; answers what the release is called. */
async function release({ trellis }: Environment, folder: string): Promise<string> {
  const why = ['--title', 'Our new name', '--why', 'We were bought.'];
  const proposed = await trellis('core', 'propose', '--workspace', folder, ...IAN, ...why);
  expect([proposed.code, proposed.err]).to.deep.equal([0, '']);
  return approve({ trellis }, 1);
}

async function approve(
  { trellis }: Pick<Environment, 'trellis'>,
  proposal: number,
): Promise<string> {
  const shown = await trellis('core', 'approve', String(proposal), ...IRIS);
  const [, digest = ''] = /--digest (\S+)/u.exec(shown.out) ?? [];
  const own = await trellis('core', 'approve', String(proposal), ...IAN, '--digest', digest);
  expect(own.code, 'never by its author').to.equal(2);
  const decided = await trellis('core', 'approve', String(proposal), ...IRIS, '--digest', digest);
  expect(decided.err).to.equal('');
  const [, name = ''] = /is released as (\S+)\./u.exec(decided.out) ?? [];
  return name;
}

const digestsIn = ({ out }: Said): readonly string[] =>
  [...out.matchAll(/\b[0-9a-f]{64}\b/gu)].map(([digest]) => digest);

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('a core and workflows on their way to another environment', () => {
  if (!FULL) return;
  it('enter there as a proposal and as drafts, and are what they were', () =>
    withPrograms(async (place) => {
      const { folder } = place;
      await plantMarkers(folder);
      const around = { TRELLIS_DESTINATIONS: join(folder, 'marked.yaml') };
      const here = await makeEnvironment(place, 'here', ['ian', 'iris'], around);
      const there = await makeEnvironment(place, 'there', ['ian', 'iris']);
      await here.trellis('core', 'export', 'mine');
      const settings = join(folder, 'mine', 'core-data', 'core.yaml');
      const text = await readFile(settings, 'utf8');
      await writeFile(settings, text.replace(/^name: .*$/mu, 'name: Meridian Parts'));
      const name = await release(here, 'mine');
      const releases = await here.trellis('core', 'releases');
      expect(releases.out).to.match(/Our new name: proposed by Ian \S+, approved by Iris/u);

      const exported = await here.trellis('export', 'core', 'core.json');
      expect([exported.code, exported.err]).to.deep.equal([0, '']);
      const [digest = ''] = digestsIn(exported);
      expect(digestsIn(releases)).to.include(digest);
      await here.trellis('export', 'core', 'again.json');
      const bundle = await readFile(join(folder, 'core.json'), 'utf8');
      expect(await readFile(join(folder, 'again.json'), 'utf8')).to.equal(bundle);
      expect((await here.trellis('export', 'core', 'core.json')).code).to.equal(2);
      // Nothing of an environment travels: not where its systems are, nor what opens them.
      expect(bundle).not.to.contain('marker');

      const tried = await there.trellis('import', 'core.json', '--dry-run');
      expect([tried.code, tried.err]).to.deep.equal([0, '']);
      expect(tried.out)
        .to.contain('+ name: Meridian Parts')
        .and.to.contain(`It would be proposed as release ${name}, with its signatures.`)
        .and.to.contain('Nothing was written.');
      expect((await there.trellis('core', 'proposals')).out).to.contain('Nobody has proposed');

      await writeFile(
        join(folder, 'bare.yaml'),
        'environment: production\ndestinations: {}\nsecrets: {}\n',
      );
      const bare = there.under({ TRELLIS_DESTINATIONS: join(folder, 'bare.yaml') });
      const lacking = await bare('import', 'core.json', '--dry-run');
      expect(lacking.code).to.equal(1);
      expect(lacking.out)
        .to.contain('Lacking here: The connector "oms" needs the destination "oms"')
        .and.to.contain('Lacking here: The connector "oms" needs the secret "oms-token".');

      const entered = await there.trellis('import', 'core.json', ...IAN, '--why', 'It is tested.');
      expect([entered.code, entered.err]).to.deep.equal([0, '']);
      expect(await approve(there, 1)).to.equal(name);
      expect(digestsIn(await there.trellis('core', 'releases'))).to.include(digest);
      const twice = await there.trellis('import', 'core.json', ...IAN, '--why', 'Once more.');
      expect([twice.code, twice.err]).to.deep.equal([0, '']);
      expect(twice.out).to.contain('there is nothing to do');

      await promoteWorkflow(folder, here, there);
    })).timeout(180_000);
});

/** An environment in which every address and every secret can be told again. */
async function plantMarkers(folder: string): Promise<void> {
  const secrets = { 'oms-token': 'marker-1', 'oms-webhook-key': 'marker-2' };
  for (const [name, text] of Object.entries(secrets)) await writeFile(join(folder, name), text);
  await writeFile(
    join(folder, 'marked.yaml'),
    `environment: demo
destinations:
  oms-demo: { kind: http, baseUrl: https://marker-3.example }
  prices-demo: { kind: sql, client: sqlite3, file: marker-4.sqlite }
  mail-demo:
    kind: mail
    host: marker-5.example
    port: 25
    security: tls
    from: { name: Marker, address: marker-6@marker.example }
secrets: { oms-token: oms-token, oms-webhook-key: oms-webhook-key }
`,
  );
}

/** A new version that was published in one environment is looked at in the other as any. */
async function promoteWorkflow(
  folder: string,
  here: Environment,
  there: Environment,
): Promise<void> {
  const INES = ['--as', 'ines@meridian.example'] as const;
  const standing = await here.trellis('export', 'workflows', 'standing.json');
  expect([standing.code, standing.err]).to.deep.equal([0, '']);
  const same = await there.trellis('import', 'standing.json', '--dry-run');
  expect([same.code, same.err]).to.deep.equal([0, '']);
  expect(same.out).to.contain('All of it is in force here');

  const changed = join(folder, 'mine', 'workflows', 'online-quote');
  await cp(resolve('workflows', 'online-quote'), changed, { recursive: true });
  const file = join(changed, 'workflow.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('title: Waiting for your answer', 'title: Up to you'));
  await here.trellis('publish', 'online-quote', ...INES, '--workspace', 'mine');
  const [, id = ''] = /^(\S+)/u.exec((await here.trellis('review', 'list')).out) ?? [];
  const decide = ['review', 'approve', id, ...IAN, '--reason', 'Better.'];
  const [, token = ''] = /--token (\S+)/u.exec((await here.trellis(...decide)).out) ?? [];
  const published = await here.trellis(...decide, '--token', token);
  expect(published.out).to.contain('published as version');

  await here.trellis('export', 'workflows', 'changed.json', 'online-quote');
  const bundle = await readFile(join(folder, 'changed.json'), 'utf8');
  await writeFile(join(folder, 'forged.json'), bundle.replace('Up to you', 'Up to me!'));
  const forged = await there.trellis('import', 'forged.json', ...INES);
  expect(forged.code).to.equal(2);
  expect(forged.err).to.match(/no whole bundle: its content has another digest/u);
  const tried = await there.trellis('import', 'changed.json', '--dry-run');
  expect([tried.code, tried.err]).to.deep.equal([0, '']);
  expect(tried.out)
    .to.match(/\+ +title: Up to you/u)
    .and.to.contain('publishing goes to');
  expect((await there.trellis('review', 'list')).out).to.contain('Nothing waits');
  const refused = await there.trellis('import', 'changed.json', '--as', 'rita@meridian.example');
  expect([refused.code, (await there.trellis('review', 'list')).out]).to.deep.equal([
    ...[2, 'Nothing waits for a review.\n'],
  ]);
  for (const time of ['first', 'once more']) {
    const entered = await there.trellis('import', 'changed.json', ...INES);
    expect([entered.code, entered.err], time).to.deep.equal([0, '']);
    expect(entered.out).to.match(/online-quote: is under review as /u);
  }
  const waiting = await there.trellis('review', 'list');
  expect(waiting.out.trim().split('\n')).to.have.length(1);
  expect(waiting.out).to.contain('online-quote');
}
