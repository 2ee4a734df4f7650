import type { Progress } from '../../programs/run-program.ts';
import { runDurable } from '../durable/run-durable.ts';
import type { CrashReport, CrashSettings } from '../run-crash.ts';
import { runCrash } from '../run-crash.ts';
import { BUGS_BETWEEN, BUGS_OF_ONE } from './plant.ts';

/** What came of one bug: the promises that were found broken, or why it was not tried. */
export interface PlantedResult {
  readonly bug: string;
  readonly promises: readonly number[];
  readonly skipped?: string;
}

export interface PlantedReport {
  readonly results: readonly PlantedResult[];
  /** Whether nothing was found where nothing was planted. */
  readonly isControlClean: boolean;
}

/** A short run, in which a bug must show. */
const OF_ONE = { kills: 6, each: 15, patience: 5_000 };
const BETWEEN = {
  ...{ kills: 2, freezes: 3, each: 15, patience: 15_000 },
  ...{ hosts: 2, lease: 2_500, wrongClocks: true },
};

/** Plants each bug in turn, and looks whether the harness finds it; and once none. */
export async function runPlanted(
  seed: number,
  newDatabase: () => Promise<string>,
  progress: Progress,
): Promise<PlantedReport> {
  const one = (planted: readonly string[]): Promise<CrashReport> =>
    runCrash({ ...OF_ONE, seed, planted });
  const between = async (planted: readonly string[]): Promise<CrashReport> => {
    const settings: CrashSettings = { ...BETWEEN, seed, planted, url: await newDatabase() };
    return runCrash(settings);
  };
  const results: PlantedResult[] = [];
  const note = (result: PlantedResult): void => {
    const { bug, promises, skipped } = result;
    const found = promises.length === 0 ? 'NOT FOUND' : `breaks promise ${promises.join(', ')}`;
    progress(`${bug}: ${skipped ?? found}`);
    results.push(result);
  };
  for (const bug of BUGS_OF_ONE) note({ bug, promises: promisesOf(await one([bug])) });
  for (const bug of BUGS_BETWEEN) note({ bug, promises: promisesOf(await between([bug])) });
  note(await lyingDisk());
  const control = [await one([]), await between([])].flatMap(({ broken }) => broken);
  for (const { promise, about, evidence } of control) {
    progress(`without a bug: promise ${promise}. ${about}: ${evidence}`);
  }
  return { results, isControlClean: control.length === 0 };
}

/** The disk says that it has what it was given, and has not; shown by a log of syncs and answers. */
async function lyingDisk(): Promise<PlantedResult> {
  const order = await runDurable({ dropsSync: true });
  if (typeof order === 'string') return { bug: 'no-sync', promises: [], skipped: order };
  return { bug: 'no-sync', promises: order.early.length > 0 ? [1] : [] };
}

function promisesOf({ broken }: CrashReport): readonly number[] {
  return [...new Set(broken.map(({ promise }) => promise))].sort();
}
