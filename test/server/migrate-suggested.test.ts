import { expect } from 'chai';
import { UPGRADE_FILE } from '../../engine/index.ts';
import { until } from '../until.ts';
import { PASSPHRASE, withKey } from './propose-name.ts';
import { publishSource } from './publish-again.ts';
import { LARGE, askForPrice, caseOf, signedIn } from './quote-journey.ts';
import type { RunningHost } from './with-host.ts';
import { useHost } from './with-host.ts';

const WORKFLOW = 'online-quote';

/** Releases where cases go from a state that its workflow is to lose; answers the release. */
async function releaseMapping(running: RunningHost): Promise<void> {
  const { store, proposals, catalogue } = running.host;
  const { release = '', files = {} } = (await store.registry.newestRelease()) ?? {};
  const upgrade = `from: '${release}'
migrate: { ${WORKFLOW}: { states: { rep-review: sales-review } } }
`;
  const proposed = await proposals.propose(await withKey(running, 'ian'), {
    ...{ title: 'Who reviews', why: 'Sales does.', passphrase: PASSPHRASE, base: release },
    change: {
      [UPGRADE_FILE]: upgrade,
      'core.yaml': (files['core.yaml'] ?? '').replace(/^name: .*$/mu, 'name: Meridian Parts'),
    },
  });
  const signed = { digest: proposed.digest, passphrase: PASSPHRASE };
  const done = await proposals.approve(proposed.number, await withKey(running, 'iris'), signed);
  expect(done.status).to.equal('released');
  await until('the workflow stands on it', () =>
    catalogue.list().every((one) => one.release === done.release),
  );
}

/** Publishes the workflow with another name for the state. */
async function publishRenamed({ host }: RunningHost): Promise<void> {
  const { source } = (await host.catalogue.newest(WORKFLOW)).published;
  const renamed = (text: string): string => text.replaceAll('rep-review', 'sales-review');
  const files = Object.entries(source.files).map(([name, text]) => [name, renamed(text)] as const);
  await publishSource(
    { host },
    { ...source, text: renamed(source.text), files: Object.fromEntries(files) },
  );
}

describe('the page that migrates cases, where a release says where they go', () => {
  const running = useHost();

  it('has it filled in, and what is sent so takes them there', async () => {
    const reference = await askForPrice(running(), LARGE);
    expect((await caseOf(running(), reference)).states).to.deep.equal(['rep-review']);
    await releaseMapping(running());
    await publishRenamed(running());
    const operator = await signedIn(running(), 'ada@meridian.example');
    const path = `/workflows/${WORKFLOW}/migrate`;
    const { text } = await operator.get(path);
    expect(text).to.match(
      /name="map:rep-review"[^]*?<option value="sales-review" selected>Sales review/u,
    );
    const to = /name="to" value="(\d+)"/u.exec(text)?.[1] ?? '';
    const asked = await operator.post(path, [
      ['to', to],
      ['from', ''],
      ['map:rep-review', 'sales-review'],
    ]);
    await running().rest();
    const shown = await operator.get(asked.location);
    expect(shown.text).to.contain(`Take cases to version ${to}`);
    await operator.post(`${asked.location}/start`, [['reason', 'Sales reviews.']]);
    await running().rest();
    const moved = await caseOf(running(), reference);
    expect([moved.states, String(moved.workflowVersion)]).to.deep.equal([['sales-review'], to]);
  }).timeout(60_000);
});
