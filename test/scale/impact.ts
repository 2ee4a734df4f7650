import { performance } from 'node:perf_hooks';
import { impactOnCases, loadCore, readCore } from '../../engine/index.ts';
import { readCoreFiles } from '../../server/host/workspace.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import type { RunningHost } from '../server/with-host.ts';

/** Milliseconds in which the cases are to be looked through that hold a changed type. */
const AIM = 10_000;

/** Measures how long it takes to find the running cases that one changed field makes wrong. */
export async function measureImpact({ host, clock }: RunningHost): Promise<readonly Figure[]> {
  const files = new Map(await readCoreFiles('.'));
  const quote = files.get('types/Quote.yaml') ?? '';
  files.set('types/Quote.yaml', quote.replace("x-minimum: '0'", "x-minimum: '9999'"));
  const { core } = readCore(files);
  if (core === undefined) throw new Error('The changed core has errors.');
  const { store, catalogue } = host;
  const begun = performance.now();
  const found = await impactOnCases(
    { cases: store.cases, catalogue, now: clock.now() },
    { before: host.core, after: loadCore(core, host.core.release) },
  );
  const value = performance.now() - begun;
  const looked = found.reduce((sum, { cases }) => sum + cases, 0);
  const name = `impact of one field on ${looked} running cases`;
  return [figure(name, value, 'ms', AIM)];
}
