import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';

interface Group {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

const CORPUS = process.env['TRELLIS_CORPUS'] ?? '';
const FOLDER = `${CORPUS}/json-schema-test-suite/draft2020-12`;

/** Where we differ on purpose: in the draft, `format` alone checks nothing. */
const DIFFERENT = new Set(['format.json']);

/** A faulty verdict of ajv's: a quotient beyond all numbers counts as a multiple. */
const KNOWN = ['multipleOf.json: float division = inf: always invalid'];

describe('validator: the JSON Schema test suite (2020-12)', () => {
  it('agrees with every verdict on every schema that it does not refuse', function () {
    this.timeout(60_000);
    if (CORPUS === '' || !existsSync(FOLDER)) {
      console.log(
        '      skipped: TRELLIS_CORPUS does not name a folder with json-schema-test-suite',
      );
      this.skip();
    }
    const wrong: string[] = [];
    let taken = 0;
    let refused = 0;
    for (const file of readdirSync(FOLDER)) {
      if (!file.endsWith('.json') || DIFFERENT.has(file)) continue;
      const groups = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as readonly Group[];
      for (const { description, schema, tests } of groups) {
        const validator = createValidator(new Map());
        const problems = validator.check(schema);
        if (problems.length > 0) {
          refused += 1;
          expect(problems[0]?.message).to.match(/\S/);
          continue;
        }
        const validate = validator.compile(schema);
        for (const test of tests) {
          taken += 1;
          const valid = validate(test.data).length === 0;
          const name = `${file}: ${description}: ${test.description}`;
          const isKnown = KNOWN.some((known) => name.startsWith(known));
          if (valid !== test.valid && !isKnown) wrong.push(name);
        }
      }
    }
    expect(wrong).to.deep.equal([]);
    expect(taken).to.be.greaterThan(300);
    expect(refused).to.be.greaterThan(0);
  });
});
