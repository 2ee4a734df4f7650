import { Option } from 'commander';
import { startPostgres } from '../postgres/server.ts';
import type { PostgresServer } from '../postgres/server.ts';
import { figure, withinAim } from '../programs/report.ts';
import type { Findings } from '../programs/report.ts';
import { positiveNumber, runProgram } from '../programs/run-program.ts';
import type { Program, Progress } from '../programs/run-program.ts';
import { SEASONS } from './clocks/days.ts';
import { runClocks } from './clocks/run-clocks.ts';
import type { ClockReport } from './clocks/run-clocks.ts';
import { runConflicts } from './conflicts/run-conflicts.ts';
import { runPlanted } from './planted/run-planted.ts';
import type { Broken } from './promises/broken.ts';
import type { CrashSettings } from './run-crash.ts';
import { runCrash } from './run-crash.ts';

interface Options {
  readonly kills: number;
  readonly freezes?: number;
  readonly hosts: number;
  readonly db: 'sqlite' | 'postgres';
  readonly seed: number;
  readonly wrongClocks?: boolean;
  readonly planted?: boolean;
  readonly conflicts?: boolean;
  readonly clocks?: boolean;
}

/** How long a claim holds where hosts share a database, in milliseconds: longer than any call. */
const LEASE = 2_500;

const CRASH: Program<Options> = {
  name: 'crash',
  description:
    'Kills hosts under load, at any time and at named points, and checks what DESIGN.md promises.',
  options: [
    number('--kills <n>', 'how often a host is killed').default(20),
    number('--freezes <n>', 'how often a host is stopped for three leases; with PostgreSQL'),
    number('--hosts <n>', 'hosts on the one database; with PostgreSQL').default(1),
    new Option('--db <name>', 'the database').choices(['sqlite', 'postgres']).default('sqlite'),
    number('--seed <n>', 'what chance begins with').default(1),
    new Option(
      '--wrong-clocks',
      'sets the clocks of hosts two hours ahead and back; with PostgreSQL',
    ),
    new Option('--planted', 'plants bugs instead, one after the other, and must find each'),
    new Option('--conflicts', 'sends 1,000 requests about one case at once instead'),
    new Option('--clocks', 'sets the clock of a host instead, around a leap day and summer time'),
  ],
  measure: async ({ db, planted, conflicts, clocks, ...options }, progress) => {
    if (clocks === true) return measureClocks(progress);
    if (planted === true) return measurePlanted(options.seed, progress);
    if (conflicts === true) return measureConflicts(db, options.hosts);
    if (db === 'sqlite')
      return measureRun({ ...options, hosts: 1, freezes: 0, wrongClocks: false }, progress);
    return withServer(async (server) => {
      const url = await server.createDatabase();
      return measureRun({ ...options, url, lease: LEASE }, progress);
    });
  },
};

function number(flags: string, text: string): Option {
  return new Option(flags, text).argParser(positiveNumber);
}

async function withServer<T>(work: (server: PostgresServer) => Promise<T>): Promise<T> {
  const server = await startPostgres();
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function measureRun(settings: CrashSettings, progress: Progress): Promise<Findings> {
  const report = await runCrash({ ...settings, progress });
  for (const one of report.broken) progress(showBroken(one));
  const { length } = report.broken;
  return {
    figures: [
      figure('kills', report.kills, 'kills'),
      figure('freezes', settings.freezes ?? 0, 'freezes'),
      figure('acknowledged', report.acknowledged, 'steps'),
      figure('acknowledged.fewest', report.fewest, 'steps between two kills'),
      figure('effects', report.effects, 'effects'),
      figure('cases', report.cases, 'cases'),
      figure('points', report.points.length, 'named points reached'),
      figure('promises.broken', length, 'times'),
      figure('seconds', report.seconds, 's'),
    ],
    checks: [
      { text: `no promise is broken: ${length} were`, passed: length === 0 },
      {
        text: `at least 20 steps are acknowledged before each kill: ${report.fewest} were`,
        passed: report.fewest >= 20,
      },
      { text: `nothing is answered 500: ${report.failures} were`, passed: report.failures === 0 },
    ],
  };
}

async function measurePlanted(seed: number, progress: Progress): Promise<Findings> {
  const { results, isControlClean } = await withServer((server) =>
    runPlanted(seed, () => server.createDatabase(), progress),
  );
  const tried = results.filter(({ skipped }) => skipped === undefined);
  const caught = tried.filter(({ promises }) => promises.length > 0);
  return {
    figures: [
      figure('planted.caught', caught.length, 'bugs', tried.length),
      figure('control.clean', isControlClean ? 1 : 0, '1 where nothing was found without a bug', 1),
    ],
    checks: [
      ...tried.map(({ bug, promises }) => {
        return { text: `${bug} is found`, passed: promises.length > 0 };
      }),
      { text: 'nothing is found where no bug is planted', passed: isControlClean },
    ],
  };
}

/** How long 1,000 requests of which one can succeed may take, in seconds. */
const CONFLICTS = { requests: 1_000, sqlite: 10, postgres: 5 };

async function measureConflicts(db: Options['db'], hosts: number): Promise<Findings> {
  const { requests, [db]: limit } = CONFLICTS;
  const found = await (db === 'sqlite'
    ? runConflicts(requests)
    : withServer(async (server) =>
        runConflicts(requests, { url: await server.createDatabase(), hosts, lease: LEASE }),
      ));
  const { exclusive, exclusiveEvents, sameKey, sameKeyEvents } = found;
  const isOneWinner = exclusiveEvents === 1 && exclusive.get(409) === requests - 1;
  const figures = [
    figure(`conflicts.exclusive.${db}`, found.exclusiveSeconds, 's', limit),
    figure(`conflicts.same-key.${db}`, found.sameKeySeconds, 's'),
  ];
  return {
    figures,
    checks: [
      { text: 'one event happens, and the others are answered 409', passed: isOneWinner },
      {
        text: 'one key has one effect and one answer',
        passed: sameKey.size === 1 && sameKeyEvents === 1,
      },
      ...figures.slice(0, 1).map((one) => withinAim(one, 1)),
    ],
  };
}

async function measureClocks(progress: Progress): Promise<Findings> {
  const reports: ClockReport[] = [];
  for (const [name, season] of Object.entries(SEASONS)) {
    const report = await runClocks(season);
    for (const one of report.broken) progress(`${name}: ${showBroken(one)}`);
    reports.push(report);
  }
  const sum = (of: (report: ClockReport) => number): number =>
    reports.reduce((all, report) => all + of(report), 0);
  const broken = sum((report) => report.broken.length);
  return {
    figures: [
      figure(
        'clocks.cases',
        sum(({ cases }) => cases),
        'cases',
      ),
      figure(
        'clocks.timers',
        sum(({ timers }) => timers),
        'timers that fired',
      ),
      figure('promises.broken', broken, 'times'),
    ],
    checks: [{ text: 'no timer fires early, and none twice', passed: broken === 0 }],
  };
}

function showBroken({ promise, about, evidence }: Broken): string {
  return `promise ${promise} is broken. ${about}: ${evidence}`;
}

process.exitCode = await runProgram(CRASH, process.argv.slice(2));
