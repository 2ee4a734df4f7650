import { mock } from 'node:test';
import { expect } from 'chai';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { guarded } from '../../engine/connectors/guarded.ts';
import { limitsOf } from '../../engine/governance/connector-limits.ts';
import type { WrittenLimits } from '../../engine/governance/connector-limits.ts';
import type { CallOperation, ConnectorAnswer } from '../../engine/ports/connector.ts';
import { callOf } from './support.ts';

const OK: ConnectorAnswer = { kind: 'ok', output: {} };
const DOWN: ConnectorAnswer = { kind: 'retry', code: 'http-500', message: 'Down.' };
const NOT_TRIED = 'not tried';

const call = (signal = new AbortController().signal) => callOf('shop.buy', {}, { signal });

function guard(
  limits: WrittenLimits,
  operation: CallOperation,
  clock: SimulatedClock,
): CallOperation {
  return guarded('shop.buy', limitsOf(limits), clock, operation);
}

/** An operation whose calls end when the test says so. */
function held(): { readonly operation: CallOperation; readonly open: (() => void)[] } {
  const open: (() => void)[] = [];
  return {
    open,
    operation: () =>
      new Promise((resolve) => {
        open.push(() => {
          resolve(OK);
        });
      }),
  };
}

/** Lets everything that is ready run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the limits of an operation', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('opens the breaker after failures in a row, and tries once more when it is over', async () => {
    const clock = createSimulatedClock(0);
    let calls = 0;
    let answer: ConnectorAnswer = DOWN;
    const breaker = { failures: 3, open: '1 minute' };
    const buy = guard({ breaker }, () => Promise.resolve((calls++, answer)), clock);
    for (let i = 0; i < 3; i++) expect(await buy(call())).to.equal(DOWN);
    clock.advance(20_000);
    const open = await buy(call());
    expect(open).to.include({ code: 'breaker-open', certainly: NOT_TRIED, after: 40_000 });
    expect(calls).to.equal(3);

    mock.timers.tick(60_000);
    expect(await buy(call())).to.equal(DOWN);
    expect(await buy(call())).to.include({ code: 'breaker-open' });
    expect(calls).to.equal(4);

    mock.timers.tick(60_000);
    answer = OK;
    expect(await buy(call())).to.equal(OK);
    expect(await buy(call())).to.equal(OK);
  });

  it('counts only failures in a row, and no refusals of the business', async () => {
    const clock = createSimulatedClock(0);
    const refused: ConnectorAnswer = { kind: 'final', code: 'CREDIT_HOLD', message: 'No.' };
    const answers = [DOWN, OK, DOWN, refused, DOWN, OK];
    const buy = guard(
      { breaker: { failures: 2, open: '1 minute' } },
      () => Promise.resolve(answers.shift() ?? OK),
      clock,
    );
    for (const expected of [...answers]) expect(await buy(call())).to.equal(expected);
  });

  it('keeps back what exceeds the rate and says for how long', async () => {
    const clock = createSimulatedClock(0);
    const buy = guard({ rateLimit: '2 per minute' }, () => Promise.resolve(OK), clock);
    expect(await buy(call())).to.equal(OK);
    mock.timers.tick(15_000);
    expect(await buy(call())).to.equal(OK);
    expect(await buy(call())).to.include({
      code: 'rate-limited',
      certainly: NOT_TRIED,
      after: 45_000,
    });
    mock.timers.tick(45_000);
    expect(await buy(call())).to.equal(OK);
  });

  it('makes so many calls at a time; others wait for their turn', async () => {
    const { operation, open } = held();
    const buy = guard({ concurrency: 2 }, operation, createSimulatedClock(0));
    const answers = [buy(call()), buy(call()), buy(call())];
    await settle();
    expect(open).to.have.length(2);
    open[0]?.();
    await answers[0];
    await settle();
    expect(open).to.have.length(3);
    open[1]?.();
    open[2]?.();
    expect(await Promise.all(answers)).to.deep.equal([OK, OK, OK]);
  });

  it('keeps back what would have to wait behind too many', async () => {
    const { operation } = held();
    const buy = guard({ concurrency: 1 }, operation, createSimulatedClock(0));
    const waiting = Array.from({ length: 33 }, () => buy(call()));
    const last = await buy(call());
    expect(last).to.include({ code: 'busy', certainly: NOT_TRIED });
    expect(waiting).to.have.length(33);
  });

  it('tells a call that was late from one that had no turn', async () => {
    const { operation, open } = held();
    const clock = createSimulatedClock(0);
    const buy = guard({ concurrency: 1, timeout: '5 seconds' }, operation, clock);
    const first = buy(call());
    const second = buy(call());
    await settle();
    clock.advance(5000);
    expect(await first).to.include({ code: 'timeout' });
    expect(await first).not.to.have.property('certainly');
    expect(await second).to.include({ code: 'busy', certainly: NOT_TRIED });
    open[0]?.();
    await settle();
    expect(open).to.have.length(1);
  });

  it('ends with its caller, and leaves no timer behind', async () => {
    const { operation } = held();
    const clock = createSimulatedClock(0);
    const buy = guard({}, operation, clock);
    const controller = new AbortController();
    const pending = buy(call(controller.signal));
    await settle();
    controller.abort();
    expect(await pending).to.include({ kind: 'retry', code: 'cancelled' });
    expect(clock.nextWake()).to.equal(undefined);
    const late = await buy(call(controller.signal));
    expect(late).to.include({ kind: 'retry', certainly: NOT_TRIED });
  });

  it('lets a fault of the connector itself through', async () => {
    const buy = guard(
      { rateLimit: '9 per second' },
      () => Promise.reject(new RangeError('a fault')),
      createSimulatedClock(0),
    );
    const thrown = await buy(call()).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(RangeError);
  });
});
