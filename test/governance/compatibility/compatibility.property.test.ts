import { expect } from 'chai';
import fc from 'fast-check';
import { breaksBetween } from '../../../engine/governance/compatibility/breaks.ts';
import { compareTypes } from '../../../engine/governance/compatibility/compare-types.ts';
import { conjunctsOf } from '../../../engine/governance/compatibility/conjuncts.ts';
import { wholeOf } from '../../../engine/governance/compatibility/meaning.ts';
import { Samples } from '../../../engine/governance/compatibility/samples.ts';
import { createSide } from '../../../engine/governance/compatibility/side.ts';
import type { TypeFile } from '../../../engine/governance/core/types.ts';
import type { Json } from '../../../engine/kernel/json.ts';
import { createTrim } from '../../../engine/kernel/types/trim.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';
import { typesPairs } from './random-types.ts';
import { randomObjects } from './random-values.ts';

const SIZES: Readonly<Record<string, number>> = { full: 1_000, nightly: 10_000 };
const RUNS = SIZES[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 60;
const MOST_VALUES = 400;

type Types = ReadonlyMap<string, JsonSchema>;

describe('compatibility of random types', function () {
  this.timeout(600_000);

  it('finds no break only where every value that was right is right', () => {
    let compatible = 0;
    let held = 0;
    fc.assert(
      fc.property(typesPairs, fc.array(randomObjects, { maxLength: 30 }), (pair, values) => {
        fc.pre(isSound(pair.before) && isSound(pair.after));
        for (const [from, to] of [
          [pair.before, pair.after],
          [pair.after, pair.before],
        ] as const) {
          if (breaksBetween(from, to).length > 0) continue;
          compatible += 1;
          const [was, is] = [createValidator(from), createValidator(to)];
          for (const type of from.keys()) {
            const isRight = was.compile({ $ref: type });
            const isStillRight = is.compile({ $ref: type });
            for (const value of [...values, ...samplesOf(from, to, type)]) {
              if (isRight(value).length > 0) continue;
              held += 1;
              expect(isStillRight(value), `${type}: ${JSON.stringify(value)}`).to.deep.equal([]);
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(compatible, 'pairs without a break').to.be.greaterThan(RUNS / 10);
    expect(held, 'values that were right').to.be.greaterThan(RUNS);
  });

  it('forbids backward whatever could make a stored value wrong', () => {
    let compatible = 0;
    let trimmed = 0;
    fc.assert(
      fc.property(typesPairs, fc.array(randomObjects, { maxLength: 30 }), (pair, values) => {
        fc.pre(isSound(pair.before) && isSound(pair.after));
        for (const [from, to] of [
          [pair.before, pair.after],
          [pair.after, pair.before],
        ] as const) {
          const earlier = [{ name: 'release 1.1', types: filesOf(from, 'backward') }];
          if (compareTypes(earlier, filesOf(to, 'backward')).length > 0) continue;
          compatible += 1;
          const [was, is] = [createValidator(from), createValidator(to)];
          for (const type of from.keys()) {
            const trim = createTrim({ $ref: type }, { types: from, isExtensible: () => false });
            for (const value of [...values, ...samplesOf(from, to, type)]) {
              if (was.compile({ $ref: type })(value).length > 0) continue;
              const kept = trim(value);
              if (kept !== value) trimmed += 1;
              const told = `${type}: ${JSON.stringify(value)} kept as ${JSON.stringify(kept)}`;
              expect(was.compile({ $ref: type })(kept), told).to.deep.equal([]);
              expect(is.compile({ $ref: type })(kept), told).to.deep.equal([]);
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(compatible, 'pairs without a break').to.be.greaterThan(RUNS / 10);
    expect(trimmed, 'values of which something was left out').to.be.greaterThan(RUNS / 10);
  });

  it('shows each break by a value that is right on one side alone', () => {
    let shown = 0;
    let found = 0;
    fc.assert(
      fc.property(typesPairs, ({ before, after }) => {
        fc.pre(isSound(before) && isSound(after));
        const [was, is] = [createValidator(before), createValidator(after)];
        for (const { type, isShown, example } of breaksBetween(before, after)) {
          found += 1;
          expect(example !== undefined).to.equal(isShown);
          if (!isShown) continue;
          shown += 1;
          expect(was.compile({ $ref: type })(example)).to.deep.equal([]);
          expect(is.compile({ $ref: type })(example)).not.to.deep.equal([]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(shown / found, `shown: ${shown} of ${found}`).to.be.greaterThan(0.5);
  });

  it('finds nothing between a type and itself', () => {
    fc.assert(
      fc.property(typesPairs, ({ before }) => {
        fc.pre(isSound(before));
        const copy = new Map(structuredClone([...before]));
        expect(breaksBetween(before, copy)).to.deep.equal([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('forbids by full what backward and forward forbid', () => {
    fc.assert(
      fc.property(typesPairs, ({ before, after }) => {
        fc.pre(isSound(before) && isSound(after));
        const toldBy = (mode: string): readonly string[] =>
          compareTypes(
            [{ name: 'release 1.1', types: filesOf(before, mode) }],
            filesOf(after, mode),
          ).map(({ direction, type, rule, path, field }) =>
            JSON.stringify([direction, type, rule, path, field]),
          );
        expect(toldBy('full')).to.have.members([...toldBy('backward'), ...toldBy('forward')]);
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });
});

function filesOf(types: Types, compatibility: string): ReadonlyMap<string, TypeFile> {
  return new Map(
    [...types].map(([type, schema]): [string, TypeFile] => [
      type,
      {
        type,
        version: 1,
        title: type,
        owner: 'it',
        compatibility,
        source: 'here',
        key: 'a',
        extensible: false,
        schema: schema as TypeFile['schema'],
      },
    ]),
  );
}

function isSound(types: Types): boolean {
  const validator = createValidator(types);
  return [...types.values()].every((schema) => validator.check(schema).length === 0);
}

/** Values at the edges of what both sides take. */
function samplesOf(from: Types, to: Types, type: string): readonly Json[] {
  const whole = (types: Types): ReturnType<typeof conjunctsOf> =>
    conjunctsOf([wholeOf(types.get(type) ?? false, types)]);
  const found: Json[] = [];
  for (const value of new Samples(createSide(from)).edges(whole(from), whole(to))) {
    found.push(value);
    if (found.length >= MOST_VALUES) break;
  }
  return found;
}
