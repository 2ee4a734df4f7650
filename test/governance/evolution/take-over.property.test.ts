import { expect } from 'chai';
import fc from 'fast-check';
import { compareTypes } from '../../../engine/governance/compatibility/compare-types.ts';
import { evolutionProblems } from '../../../engine/governance/evolution/problems.ts';
import { takeOverBetween } from '../../../engine/governance/evolution/take-over.ts';
import type { Json, JsonObject } from '../../../engine/kernel/json.ts';
import { createTrim } from '../../../engine/kernel/types/trim.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';
import type { Validator } from '../../../engine/kernel/validator/validator.ts';
import type { CoreState } from '../../../engine/governance/impact/changed-core.ts';
import { momentAt } from '../../kernel/transition/play.ts';
import { customer, filesWith, stateOf } from './states.ts';

const SIZES: Readonly<Record<string, number>> = { full: 1_000, nightly: 10_000 };
const RUNS = SIZES[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 100;

/** Fields of each kind, with two spellings of what they take. */
const KINDS = {
  text: '{ type: string, maxLength: 9 }',
  wide: '{ type: string, maxLength: 99 }',
  whole: '{ type: integer, minimum: 0 }',
  choice: '{ enum: [red, green] }',
} as const;
type Kind = keyof typeof KINDS;

const VALUES: Readonly<Record<Kind, readonly Json[]>> = {
  text: ['', 'a', 'abcdefghi'],
  wide: ['a', 'abcdefghijklmnopq'],
  whole: [0, 7],
  choice: ['red', 'green'],
};

/** What may be done to a field in one change. */
const EDITS = ['keep', 'rename', 'drop', 'widen', 'tighten', 'upcast', 'ask', 'default'] as const;
type Edit = (typeof EDITS)[number];

interface Field {
  readonly kind: Kind;
  readonly isAsked: boolean;
  readonly edit: Edit;
}

const NAMES = ['one', 'two', 'three'];
const kinds = fc.constantFrom<Kind>('text', 'wide', 'whole', 'choice');
const fields = fc.array(
  fc.record({ kind: kinds, isAsked: fc.boolean(), edit: fc.constantFrom<Edit>(...EDITS) }),
  { minLength: 1, maxLength: 3 },
);

function written(list: readonly Field[]): string {
  const lines = list.map(({ kind }, index) => `\n    ${NAMES[index] ?? ''}: ${KINDS[kind]}`);
  return customer(1, `\n    id: { type: string }${lines.join('')}`, askedIn(list));
}

function askedIn(list: readonly Field[]): readonly string[] {
  return list.flatMap(({ isAsked }, index) => (isAsked ? [NAMES[index] ?? ''] : []));
}

/** The type after its edits: some of them are right, and some break what was promised. */
function edited(list: readonly Field[]): string {
  const parts = list.map((field, index) => editedField(field, NAMES[index] ?? ''));
  const formulas = parts.flatMap(({ formula }) => formula ?? []);
  const required = [...new Set(parts.flatMap((part) => part.required))];
  const lines = parts.flatMap((part) => part.lines.map((line) => `\n    ${line}`)).join('');
  const upcast =
    formulas.length === 0 ? undefined : `{ from: 1, fields: { ${formulas.join(', ')} } }`;
  return customer(2, `\n    id: { type: string }${lines}`, required, upcast);
}

interface EditedField {
  readonly lines: readonly string[];
  readonly required: readonly string[];
  readonly formula?: string;
}

function editedField({ kind, isAsked, edit }: Field, name: string): EditedField {
  const own = isAsked ? [name] : [];
  const schema = KINDS[kind];
  const line = `${name}: ${schema}`;
  const now = `${name}Now: ${schema.replace('{', `{ x-alias: ${name},`)}`;
  const read = kind === 'whole' ? 'id' : name;
  const edits: Readonly<Record<Edit, EditedField>> = {
    keep: { lines: [line], required: own },
    ask: { lines: [line], required: [name] },
    drop: { lines: [], required: [] },
    rename: { lines: [now], required: own.map(() => `${name}Now`) },
    widen: { lines: [line.replace('maxLength: 9 ', 'maxLength: 99 ')], required: own },
    tighten: { lines: [line.replace('maxLength: 99', 'maxLength: 9')], required: own },
    default: {
      lines: [line, `${name}New: { type: integer, default: 3 }`],
      required: [...own, `${name}New`],
    },
    upcast: {
      lines: [line, `${name}Size: { type: integer }`],
      required: [...own, `${name}Size`],
      formula: `${name}Size: 'size(orElse(old.${read}, old.id))'`,
    },
  };
  return edits[edit];
}

const changes = fields.chain((list) =>
  fc.record({ list: fc.constant(list), values: fc.array(valueOf(list), { maxLength: 20 }) }),
);

function valueOf(list: readonly Field[]): fc.Arbitrary<JsonObject> {
  const parts = list.map(({ kind }, index) => [
    NAMES[index] ?? '',
    fc.option(fc.constantFrom(...VALUES[kind]), { nil: undefined }),
  ]);
  return fc
    .record({
      id: fc.constant('c1'),
      ...(Object.fromEntries(parts) as Record<string, fc.Arbitrary<Json | undefined>>),
    })
    .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
}

function validatorOf({ view }: CoreState): Validator {
  return createValidator(new Map([...view.types].map(([name, { schema }]) => [name, schema])));
}

describe('what is taken over to a compatible type', function () {
  this.timeout(300_000);

  it('is right in it, and is kept in it as it is', () => {
    let compatible = 0;
    let taken = 0;
    fc.assert(
      fc.property(changes, ({ list, values }) => {
        const files = filesWith(edited(list));
        const [before, after] = [stateOf(filesWith(written(list))), stateOf(files)];
        fc.pre(evolutionProblems(before, after, files).length === 0);
        const earlier = [{ name: 'release 1.1', types: before.core.types }];
        if (compareTypes(earlier, after.core.types).length > 0) return;
        compatible += 1;
        const was = validatorOf(before).compile({ $ref: 'Customer' });
        const is = validatorOf(after).compile({ $ref: 'Customer' });
        const takeOver = takeOverBetween(before, after)({ $ref: 'Customer' });
        const schemas = new Map([...after.view.types].map(([name, type]) => [name, type.schema]));
        const trim = createTrim(
          { $ref: 'Customer' },
          { types: schemas, isExtensible: () => false },
        );
        for (const value of values) {
          if (was(value).length > 0) continue;
          const now = takeOver(value, momentAt(0));
          const told = `${JSON.stringify(value)} as ${JSON.stringify(now)}\n${edited(list)}`;
          expect(is(now), told).to.deep.equal([]);
          expect(trim(now), told).to.equal(now);
          if (now !== value) taken += 1;
        }
      }),
      { numRuns: RUNS },
    );
    expect(compatible, 'compatible changes').to.be.greaterThan(RUNS / 5);
    expect(taken, 'values that were changed').to.be.greaterThan(RUNS / 5);
  });
});
