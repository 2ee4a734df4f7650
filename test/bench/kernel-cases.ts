import { begin } from '../../engine/kernel/transition/begin.ts';
import type { CaseEvent } from '../../engine/kernel/event.ts';
import { persist, restore } from '../../engine/kernel/transition/live-case.ts';
import { transition } from '../../engine/kernel/transition/transition.ts';
import { closedLoop } from './closed-loop.ts';
import { ARRIVAL, DELIVERY } from './company.ts';
import { compiledForBench } from './kernel-steps.ts';

/** What happens to a parcel after it was handed in. */
const EVENTS: readonly CaseEvent[] = [
  { kind: 'done', state: 'booking', visit: 1, result: { rideNo: 'R-1' } },
  {
    ...{ kind: 'message', state: 'riding', visit: 1, name: 'carrier.delivered' },
    body: { parcelNo: 'D-1', bay: 7 },
  },
  { kind: 'done', state: 'billing', visit: 1, result: { billNo: 'B-1' } },
];
const STRIDE = 20;

/**
 * Takes whole cases through the kernel alone, each step from the stored text to its next; nothing is
 * saved. Answers how to measure how many cases a second.
 */
export function kernelCases(): (seconds: number) => Promise<number> {
  const { compiled, moment } = compiledForBench(DELIVERY);
  const starter = { kind: 'staff', id: 'u-1', name: 'Sam Sorter' } as const;
  const oneCase = (): void => {
    const identity = { id: 'c1', reference: 'D-1', starter };
    const beginning = { kind: 'form', start: 'handed-in', form: ARRIVAL } as const;
    let step = begin(compiled, identity, beginning, moment);
    for (const event of EVENTS) {
      if (step.kind === 'refused') throw new Error(step.message);
      const text = JSON.stringify(persist(step.case));
      step = transition(compiled, restore(JSON.parse(text) as never, compiled), event, moment);
    }
    if (step.kind === 'refused') throw new Error(step.message);
    JSON.stringify(persist(step.case));
  };
  return async (seconds) => {
    const strides = await closedLoop(1, seconds, () => {
      for (let count = 0; count < STRIDE; count++) oneCase();
      return Promise.resolve();
    });
    return strides * STRIDE;
  };
}
