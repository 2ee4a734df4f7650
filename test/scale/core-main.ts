/** Measures checks, the impact of a change, and start-up where the core and its workflows are many. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Option } from 'commander';
import { checkSource } from '../../engine/kernel/check/check-workflow.ts';
import { createPassedChecks, impactOnStore, loadCore, readCore } from '../../engine/index.ts';
import type { LoadedCore, createWorkshop } from '../../engine/index.ts';
import { checkerDigest } from '../../server/host/checker-digest.ts';
import { readCoreFiles } from '../../server/host/workspace.ts';
import { startHost as startProcess } from '../bench/start-host.ts';
import { figure, withinAim } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { runProgram, wholeNumber } from '../programs/run-program.ts';
import type { Program, Progress } from '../programs/run-program.ts';
import { startHost } from '../server/with-host.ts';
import { fillWithRunning } from './fill.ts';
import { writeLargeCompany } from './large-company.ts';
import type { CompanySize } from './large-company.ts';

interface Options extends CompanySize {
  readonly running: number;
}

/** Milliseconds. */
const AIMS = { check: 100, impact: 10_000, start: 5_000 };
const CHECKS = 20;
const STARTS = 3;

const CORE: Program<Options> = {
  name: 'scale:core',
  description:
    'Measures the check of a workflow, the impact of one changed field, and how long a host takes to start ' +
    'where the core has very many types, and there are very many workflows.',
  options: [
    new Option('--types <n>', 'how many types the core has').default(300).argParser(wholeNumber),
    new Option('--workflows <n>', 'how many workflows are published')
      .default(500)
      .argParser(wholeNumber),
    new Option('--running <n>', 'how many cases run').default(100_000).argParser(wholeNumber),
  ],
  measure: async (options, progress) => {
    const folder = await mkdtemp(join(tmpdir(), 'trellis-core-'));
    try {
      const figures = await measureIn(folder, options, progress);
      for (const { name, value, unit } of figures) progress(`${name}: ${value} ${unit}`);
      const held = figures.filter(({ limit }) => limit !== null);
      return { figures, checks: held.map((found) => withinAim(found, 1)) };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measureIn(
  folder: string,
  options: Options,
  progress: Progress,
): Promise<readonly Figure[]> {
  const workspace = join(folder, 'workspace');
  await writeLargeCompany(workspace, options);
  const program = resolve('dist/run/main.js');
  await promisify(execFile)(process.execPath, [program, 'lock', 'write', '--workspace', workspace]);
  const found = await measureStore(folder, workspace, options, progress);
  const settings = { TRELLIS_WORKSPACE: workspace, TRELLIS_DEMO: 'on' };
  const took: number[] = [];
  for (let time = 0; time < STARTS; time++) {
    took.push(await startProcess(join(folder, 'data'), settings));
  }
  return [...found, figure('start', middle(took), 'ms', AIMS.start)];
}

/** Publishes everything, lets cases run, and looks what a changed field comes to. */
async function measureStore(
  folder: string,
  workspace: string,
  { types, workflows, running }: Options,
  progress: Progress,
): Promise<readonly Figure[]> {
  const begun = performance.now();
  const host = await startHost({ folder, workspace });
  try {
    const first = figure('first start', performance.now() - begun, 'ms');
    progress(`${types} types, ${workflows} workflows are published`);
    await fillWithRunning(host, running);
    progress(`${running} cases run`);
    const { core, catalogue, store, signer } = host.host;
    const known = { vault: store.vault, signer, clock: host.clock };
    const passed = createPassedChecks({ ...known, checker: checkerDigest() });
    const versions = await store.registry.published();
    const checks = versions.slice(-CHECKS).map(({ source }) => {
      const from = performance.now();
      const { problems } = checkSource(source, core.view);
      if (problems.some(({ severity }) => severity === 'error')) throw new Error(source.name);
      return performance.now() - from;
    });
    const files = new Map(await readCoreFiles(workspace));
    const quote = files.get('types/Quote.yaml') ?? '';
    files.set('types/Quote.yaml', quote.replace("x-minimum: '0'", "x-minimum: '9999'"));
    const changed = readCore(files).core;
    if (changed === undefined) throw new Error('The changed core has errors.');
    const workshop = (await shippedEngine()).createWorkshop();
    const after = loadCore(changed, '1.99');
    const stateOf = ({ core: of, view }: LoadedCore) => ({ core: of, view });
    const from = performance.now();
    const impact = await impactOnStore(
      {
        ...{ store, catalogue, checks: passed, now: host.clock.now() },
        impactOf: (all) =>
          workshop.impact({ before: stateOf(core), after: stateOf(after), versions: all }),
      },
      { before: core, after },
    );
    const took = performance.now() - from;
    await workshop.close();
    const looked = impact.cases.reduce((sum, { cases }) => sum + cases, 0);
    if (looked < running) throw new Error(`Only ${looked} cases were looked at.`);
    return [
      first,
      figure('check of one workflow', middle(checks), 'ms', AIMS.check),
      figure(`impact of one field on ${looked} running cases`, took, 'ms', AIMS.impact),
    ];
  } finally {
    await host.close();
  }
}

/** The engine as it is shipped: its threads are there much sooner. */
async function shippedEngine(): Promise<{ readonly createWorkshop: typeof createWorkshop }> {
  const file = pathToFileURL(resolve('dist/run/index.js')).href;
  return (await import(file)) as { readonly createWorkshop: typeof createWorkshop };
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

process.exitCode = await runProgram(CORE, process.argv.slice(2));
