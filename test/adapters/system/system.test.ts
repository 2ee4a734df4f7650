import { expect } from 'chai';
import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';
import { createSystemClock } from '../../../engine/adapters/system/clock.ts';
import { createIds } from '../../../engine/adapters/system/ids.ts';
import { createLog } from '../../../engine/adapters/system/log.ts';
import { createSecrets } from '../../../engine/adapters/system/secrets.ts';
import { createSigner } from '../../../engine/adapters/system/signer.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';

describe('the system clock', () => {
  it('wakes once, never early', async () => {
    const clock = createSystemClock();
    const due = clock.now() + 15;
    const woken = await new Promise<number>((resolve) =>
      clock.at(due, () => {
        resolve(clock.now());
      }),
    );
    expect(woken).to.be.at.least(due);
  });

  it('does not wake what was cancelled, and takes a time beyond what a timer can wait', async () => {
    const clock = createSystemClock();
    const woken: string[] = [];
    clock.at(clock.now() + 1, () => woken.push('cancelled'))();
    const cancel = clock.at(clock.now() + 400 * 86_400_000, () => woken.push('far'));
    await new Promise<void>((resolve) => clock.at(clock.now() + 10, resolve));
    cancel();
    expect(woken).to.deep.equal([]);
  });
});

describe('ids', () => {
  it('are UUIDs of version 7 that carry the time', () => {
    const ids = createIds({ now: () => 0x0190_a0b0_c0d0 });
    expect(ids.next()).to.match(/^0190a0b0-c0d0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sort as they were made, within a millisecond and when the clock is set back', () => {
    let now = 1000;
    const ids = createIds({ now: () => now });
    const made = Array.from({ length: 10_000 }, (_, index) => {
      if (index === 9_000) now = 500;
      return ids.next();
    });
    expect([...made].sort()).to.deep.equal(made);
    expect(new Set(made).size).to.equal(made.length);
  });

  it('come with random numbers of [0, 1)', () => {
    const ids = createIds({ now: () => 0 });
    const numbers = Array.from({ length: 1000 }, () => ids.random());
    expect(numbers.every((one) => one >= 0 && one < 1)).to.equal(true);
    expect(new Set(numbers).size).to.be.greaterThan(990);
  });
});

describe('the log', () => {
  const logged = (
    level: 'info' | 'warn' | undefined,
    write: (log: ReturnType<typeof createLog>) => void,
  ) => {
    const lines: string[] = [];
    const sink = { write: (line: string) => lines.push(line) };
    const clock = createSimulatedClock(Date.UTC(2027, 0, 4, 9));
    write(createLog({ sink, clock, ...(level === undefined ? {} : { level }) }));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('writes a JSON object a line, whose own words facts do not replace', () => {
    const lines = logged(undefined, (log) => {
      log.info('started', { port: 8080, level: 'forged' });
      log.error('line\nbreak');
    });
    const at = '2027-01-04T09:00:00.000Z';
    expect(lines).to.deep.equal([
      { port: 8080, at, level: 'info', message: 'started' },
      { at, level: 'error', message: 'line\nbreak' },
    ]);
  });

  it('leaves out what is below its level', () => {
    const lines = logged('warn', (log) => {
      log.info('a');
      log.warn('b');
      log.error('c');
    });
    expect(lines.map((line) => line['message'])).to.deep.equal(['b', 'c']);
  });

  it('shows errors with their code and cause, and large numbers', () => {
    const cause = new Error('the socket closed');
    const error = Object.assign(new TrellisError('oms-down', 'No answer.'), { cause });
    const [line] = logged('info', (log) => {
      log.error('failed', { error, seq: 12n });
    });
    expect(line).to.have.property('seq', '12');
    expect(line?.['error']).to.include({ name: 'TrellisError', code: 'oms-down' });
    expect(line?.['error']).to.have.nested.property('cause.message', 'the socket closed');
  });

  it('writes the line without facts that are no JSON', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const [line] = logged('info', (log) => {
      log.info('odd', circle);
    });
    expect(line).to.include({ message: 'odd', facts: 'could not be written as JSON' });
  });
});

describe('the signer', () => {
  const key = new Uint8Array(32).fill(7);

  it('signs the same text for a purpose with the same 43 characters', () => {
    const signature = createSigner(key).sign('link', 'c1/answer/1');
    expect(signature).to.match(/^[\w-]{43}$/);
    expect(createSigner(key).sign('link', 'c1/answer/1')).to.equal(signature);
  });

  it('signs otherwise for another purpose, text or key', () => {
    const signer = createSigner(key);
    const other = createSigner(new Uint8Array(32).fill(8));
    const signatures = [
      signer.sign('link', 'a'),
      signer.sign('session', 'a'),
      signer.sign('link', 'b'),
      other.sign('link', 'a'),
    ];
    expect(new Set(signatures).size).to.equal(4);
  });

  it('refuses a key that is too short', () => {
    expect(() => createSigner(new Uint8Array(31)))
      .to.throw(TrellisError, 'at least 32')
      .with.property('code', 'key-too-short');
  });
});

describe('secrets', () => {
  it('are found by name, and missed with the name', () => {
    const secrets = createSecrets({ 'oms-token': 's3cret' });
    expect(secrets.get('oms-token')).to.equal('s3cret');
    for (const name of ['other', 'constructor', '__proto__']) {
      expect(() => secrets.get(name), name)
        .to.throw(TrellisError, name)
        .with.property('code', 'secret-missing');
    }
  });
});
