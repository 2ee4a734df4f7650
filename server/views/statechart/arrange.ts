import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ElkNode } from 'elkjs/lib/elk.bundled.js';

/** Finds places for the parts of a graph; `undefined` where it cannot within its limits. */
export type Arrange = (graph: ElkNode) => Promise<ElkNode | undefined>;

/** What arranging one graph may take. */
export interface ArrangeLimits {
  /** In milliseconds. (Default: 10,000) */
  readonly time: number;
  /** In megabytes. (Default: 256) */
  readonly memory: number;
}

const LIMITS: ArrangeLimits = { time: 10_000, memory: 256 };

const ELK = createRequire(import.meta.url).resolve('elkjs/lib/elk.bundled.js');

// As a text, since a file of ours would be `.ts` under the loader of the tests, which threads lack.
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Elk = require(workerData.elk);
  new Elk().layout(workerData.graph).then((placed) => parentPort.postMessage(placed));
`;

/**
 * Arranges a graph on a thread of its own: a large one takes ELK minutes, more memory than there is
 * or more stack, and the host must go on meanwhile. The graph itself stays as it is.
 */
export async function arrangeApart(
  graph: ElkNode,
  { time, memory }: ArrangeLimits = LIMITS,
): Promise<ElkNode | undefined> {
  const thread = new Worker(PROGRAM, {
    eval: true,
    execArgv: [],
    workerData: { elk: ELK, graph },
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  const arranged = new Promise<ElkNode | undefined>((resolve) => {
    const giveUp = (): void => {
      resolve(undefined);
    };
    thread.on('message', resolve);
    thread.on('error', giveUp);
    thread.on('exit', giveUp);
  });
  const alarm = setTimeout(() => void thread.terminate(), time);
  try {
    return await arranged;
  } finally {
    clearTimeout(alarm);
    await thread.terminate();
  }
}
