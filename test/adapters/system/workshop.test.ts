import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { IntervalHistogram } from 'node:perf_hooks';
import { expect } from 'chai';
import { createDirectWorkshop } from '../../../engine/adapters/memory/workshop.ts';
import { createWorkshop } from '../../../engine/adapters/system/workshop.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';
import { workshopContract } from '../../contracts/workshop.ts';
import { sourceOf, workshopCore } from '../../kernel/fixtures/workshop.ts';
import { until } from '../../until.ts';

/** A table that takes a tenth of a second or more to go through. */
function largeTable(): WorkflowSource {
  const rules = Array.from({ length: 450 }, (_, index) => {
    const at = (index * 37) % 997;
    return `      - { a: '> ${String(at)}', b: '< ${String((at * 7) % 997)}', id: x${String(index)} }`;
  });
  const decisions = `
  big:
    inputs: { a: 'orElse(item.pieces, 0)', b: count }
    outputs: { id: { kind: text } }
    rules:
${rules.join('\n')}
    default: { id: none }`;
  const states = `
  deciding: { decide: big, save: { id: result.id }, next: ended }
  ended: { final: completed }`;
  return sourceOf({ decisions, states });
}

describe('the workshop of a host', () => {
  workshopContract(() => createWorkshop({ time: 60_000 }));

  it('lets the loop of requests run while it works', async () => {
    const workshop = createWorkshop({ time: 60_000 });
    const source = largeTable();
    const { view } = workshopCore();
    try {
      await workshop.check(sourceOf({ states: '\n  ended: { final: completed }' }), view);
      const apart = await shortestOf(6, () => longestStall(() => workshop.check(source, view)));
      const here = await shortestOf(3, () =>
        longestStall(() => createDirectWorkshop().check(source, view)),
      );
      // The control: on this thread the same work is felt every time.
      expect(here, 'stall on this thread').to.be.greaterThan(50);
      expect(apart, 'stall beside the thread').to.be.lessThan(50);
    } finally {
      await workshop.close();
    }
  }).timeout(120_000);

  it('that is too slow asks to try again', async () => {
    const workshop = createWorkshop({ time: 1 });
    try {
      const found = workshop.check(largeTable(), workshopCore().view);
      const error = await found.catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(TrellisError).with.property('code', 'try-again');
    } finally {
      await workshop.close();
    }
  }).timeout(60_000);
});

/** The least of several tries: what else the machine does only ever adds to a stall. */
async function shortestOf(tries: number, measure: () => Promise<number>): Promise<number> {
  const found: number[] = [];
  for (let count = 0; count < tries; count++) found.push(await measure());
  return Math.min(...found);
}

/** The longest time that the loop was held up while something was under way, in milliseconds. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await looksAgain(delay);
  await work();
  await looksAgain(delay);
  delay.disable();
  return delay.max / 1e6;
}

/** Waits until the loop has been looked at once more. */
async function looksAgain(delay: IntervalHistogram): Promise<void> {
  const { count } = delay;
  await until('a look at the loop', () => delay.count > count);
}
