import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { coreBundleSchema, workflowBundleSchema } from '../../engine/governance/bundle/bundle.ts';
import { connectorSchemas } from '../../engine/governance/connector-manifest.ts';
import { policiesSchema } from '../../engine/governance/core/policies.ts';
import { settingsSchema } from '../../engine/governance/core/settings.ts';
import { typeFileSchema } from '../../engine/governance/core/types.ts';
import { environmentSchema } from '../../engine/governance/environment-file.ts';
import { signedLockSchema, unsignedLockSchema } from '../../engine/governance/lock.ts';
import { workflowSchema } from '../../engine/kernel/definition/schema/workflow-schema.ts';
import type { JsonSchema } from '../../engine/kernel/types/value-type.ts';
import { compileOwnSchema } from '../../engine/kernel/validator/own-schema.ts';
import { checkSchema, createValidator } from '../../engine/kernel/validator/validator.ts';

const OWN: Readonly<Record<string, JsonSchema>> = {
  workflow: workflowSchema,
  settings: settingsSchema,
  policies: policiesSchema,
  type: typeFileSchema,
  ...connectorSchemas,
  environment: environmentSchema,
  lock: signedLockSchema,
  unsignedLock: unsignedLockSchema,
  coreBundle: coreBundleSchema,
  workflowBundle: workflowBundleSchema,
};

/** Texts on which a pattern that can read them in many ways would never come to an end. */
const PIECES = [
  'a',
  'A',
  '1',
  '-',
  '_',
  '.',
  '/',
  ' ',
  'a-',
  'a.',
  'a/',
  '/a',
  '1-',
  'core/',
  '[]',
];
const HOSTILE = PIECES.flatMap((piece) => [piece.repeat(2_000), `${piece.repeat(2_000)}!`]);

function patternsIn(schema: JsonSchema): ReadonlySet<string> {
  const patterns = new Set<string>();
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === 'pattern' && typeof value === 'string') patterns.add(value);
    if (key === 'patternProperties') Object.keys(value as object).forEach((p) => patterns.add(p));
    return value;
  });
  return patterns;
}

/** @throws where the texts take longer than `patience`, in milliseconds. */
function tryToStall(pattern: string, patience = 5_000): void {
  const code = 'for (const text of texts) new RegExp(pattern, "u").test(text)';
  runInNewContext(code, { pattern, texts: HOSTILE }, { timeout: patience });
}

describe('the schemas of Trellis itself', () => {
  for (const [name, schema] of Object.entries(OWN)) {
    it(`take what is asked of every schema: ${name}`, () => {
      expect(checkSchema(schema)).to.deep.equal([]);
    });

    it(`say the same as when they are compiled like others: ${name}`, () => {
      const own = compileOwnSchema(schema);
      const other = createValidator(new Map()).compile(schema);
      const values = [null, 'x', [], {}, { kind: 'http', operations: { '?': { title: 1 } } }];
      for (const value of values) {
        expect(own(value)).to.deep.equal(other(value));
        expect(own(value)).not.to.deep.equal([]);
      }
    });
  }

  it('have patterns that no text can stall', () => {
    const patterns = new Set(Object.values(OWN).flatMap((schema) => [...patternsIn(schema)]));
    expect(patterns.size).to.be.greaterThan(20);
    for (const pattern of patterns) tryToStall(pattern);
    expect(() => {
      tryToStall('^(a+)+$', 50);
    }).to.throw('timed out');
  });
});
