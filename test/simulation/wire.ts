import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** How often something goes wrong, each in [0, 1]. */
export interface Faults {
  /** A request never arrives. */
  readonly requestLost: number;
  /** What was asked for was done, and the answer never arrives. */
  readonly answerLost: number;
}

export const NO_FAULTS: Faults = { requestLost: 0, answerLost: 0 };

interface Line {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Who asks. */
  readonly owner: string;
  /** What there is at present; it may end. */
  readonly faults: () => Faults;
}

/**
 * Asks over a line that loses requests and answers: each way takes its time, and nobody who hears of
 * a failure knows on which it happened. A request that has left goes on its way though its sender dies.
 */
export function overTheWire<Answer>(
  { scheduler, random, owner, faults }: Line,
  what: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answer = (how: string, give: () => void): void => {
      scheduler.add(owner, `${what} ${how}`, give);
    };
    const fail = (): void => {
      reject(new Error(`The line to ${what} broke.`));
    };
    scheduler.add(`${owner}'s wire`, what, () => {
      if (random.chance(faults().requestLost)) {
        answer('was lost', fail);
        return;
      }
      ask().then(
        (given) => {
          const give = (): void => {
            resolve(given);
          };
          const isLost = random.chance(faults().answerLost);
          answer(isLost ? 'lost its answer' : 'answers', isLost ? fail : give);
        },
        (error: unknown) => {
          answer('fails', () => {
            reject(error instanceof Error ? error : new Error(String(error)));
          });
        },
      );
    });
  });
}
