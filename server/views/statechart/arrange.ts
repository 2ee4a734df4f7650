import { createRequire } from 'node:module';
import type { ElkNode } from 'elkjs/lib/elk.bundled.js';
import { TrellisError, createWorkThread } from '../../../engine/index.ts';
import type { ThreadLimits } from '../../../engine/index.ts';

/**
 * Finds places for the parts of a graph; `undefined` for one that cannot be arranged at all.
 * @throws `TrellisError` with code `try-again` where it took too long or too much memory this time.
 */
export type Arrange = (graph: ElkNode) => Promise<ElkNode | undefined>;

const ELK = createRequire(import.meta.url).resolve('elkjs/lib/elk.bundled.js');

// As a text, since ELK is a package, and nothing of ours has to be found by the thread.
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  const Elk = require(${JSON.stringify(ELK)});
  const elk = new Elk();
  parentPort.on('message', (graph) => {
    elk.layout(graph).then(
      (answer) => parentPort.postMessage({ kind: 'done', answer }),
      (error) => parentPort.postMessage({ kind: 'thrown', message: String(error) }),
    );
  });
  parentPort.postMessage({ kind: 'ready' });
`;

/**
 * Makes what arranges graphs on a thread of its own: a large one takes ELK minutes, more memory than
 * there is or more stack, and the host must go on meanwhile. The graph itself stays as it is.
 */
export function arrangeApart(limits: ThreadLimits = {}): Arrange {
  const thread = createWorkThread<ElkNode, ElkNode>(PROGRAM, limits);
  return async (graph) => {
    try {
      return await thread.do(graph);
    } catch (error) {
      if (error instanceof TrellisError && error.code === 'job-failed') return undefined;
      throw error;
    }
  };
}
