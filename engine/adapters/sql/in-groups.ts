/** The most calls that are carried out together. */
const LARGEST = 200;

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets many callers share one statement: a group is whatever was asked while the one before was
 * under way, so that a lone caller never waits. Each gets the answer in its own place of `run`'s;
 * what `run` throws, the whole group gets.
 */
export function inGroups<Q, A>(
  run: (questions: readonly Q[]) => Promise<readonly A[]>,
): (question: Q) => Promise<A> {
  let waiting: Waiting<Q, A>[] = [];
  let running = false;

  const runGroup = async (group: readonly Waiting<Q, A>[]): Promise<void> => {
    try {
      const answers = await run(group.map(({ question }) => question));
      if (answers.length !== group.length) throw new RangeError('A group has other answers.');
      for (const [index, answer] of answers.entries()) group[index]?.resolve(answer);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const runAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      // At the end of the turn, so that all who ask in it share a group.
      await new Promise((resolve) => setImmediate(resolve));
      const group = waiting.slice(0, LARGEST);
      waiting = waiting.slice(LARGEST);
      await runGroup(group);
    }
    running = false;
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (running) return;
      running = true;
      void runAll();
    });
}
