import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { TypeFile } from './types.ts';
import type { Fault } from './fault.ts';
import { unknownName } from './fault.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';

const WORKFLOW = '^(core/)?[a-z][a-z0-9-]{0,99}$';
const NAME = '^[A-Za-z][A-Za-z0-9:./-]{0,199}$';
const STATE = '^[A-Za-z][A-Za-z0-9/-]{0,199}$';

/** The meta-schema of `upgrade.yaml`: how what is in use comes from one release to the next. */
export const upgradeSchema = Type.Object(
  {
    /** The release that is changed, `1.4`; to what follows another one the file says nothing. */
    from: Type.String({ pattern: '^[1-9][0-9]{0,5}\\.[1-9][0-9]{0,8}$' }),
    /** Workflows that may stay on the release that they stand on until their owners have changed them. */
    behind: Type.Optional(
      Type.Object(
        {
          /** The last day, `2027-03-01`. */
          until: Type.String({ format: 'date' }),
          workflows: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]{0,99}$' }), {
            minItems: 1,
            maxItems: 1000,
            uniqueItems: true,
          }),
        },
        { additionalProperties: false },
      ),
    ),
    /** What fills a field that a value of before lacks. */
    backfill: Type.Optional(
      Type.Array(
        Type.Object(
          {
            type: Type.String({ pattern: '^[A-Z][A-Za-z0-9]{0,49}$' }),
            field: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,49}$' }),
            /** A formula over `old`, the value as it was. */
            set: Type.String({ minLength: 1, maxLength: 1000 }),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 50 },
      ),
    ),
    /**
     * What goes by another name, by the name that it had: an operation, a message, a core process, a
     * role (`role:NAME`), a calendar (`calendar:NAME`), or a field that lies elsewhere in its type now.
     */
    renamed: Type.Optional(
      Type.Record(Type.String({ pattern: NAME }), Type.String({ pattern: NAME }), {
        minProperties: 1,
        additionalProperties: false,
      }),
    ),
    /** Where cases go that are in a state which their workflow has no more. */
    migrate: Type.Optional(
      Type.Record(
        Type.String({ pattern: WORKFLOW }),
        Type.Object(
          {
            states: Type.Record(Type.String({ pattern: STATE }), Type.String({ pattern: STATE }), {
              minProperties: 1,
              additionalProperties: false,
            }),
          },
          { additionalProperties: false },
        ),
        { minProperties: 1, additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

/** How what is in use comes from one release to the next. */
export type Upgrade = Static<typeof upgradeSchema>;

/** What a field is filled with where a value of before lacks it. */
export type Backfill = NonNullable<Upgrade['backfill']>[number];

interface Upgraded {
  readonly upgrade?: Upgrade;
}

/** What a core says of the way from a release to it; nothing where it speaks of another way. */
export function upgradeFrom({ upgrade }: Upgraded, release: string): Upgrade | undefined {
  return upgrade?.from === release ? upgrade : undefined;
}

/** Tells what is wrong with an upgrade beside the types that it leads to. */
export function upgradeFaults(
  { backfill = [] }: Upgrade,
  types: ReadonlyMap<string, TypeFile>,
): readonly Fault[] {
  const seen = new Set<string>();
  return backfill.flatMap(({ type, field }, index): readonly Fault[] => {
    const path = ['backfill', index];
    const file = types.get(type);
    if (file === undefined)
      return [unknownName('type', type, [...types.keys()], [...path, 'type'])];
    const { properties } = file.schema;
    const names = Object.keys(isSchemaObject(properties) ? properties : {});
    if (!names.includes(field)) return [unknownName('field', field, names, [...path, 'field'])];
    const name = `${type}.${field}`;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `"${name}" is filled twice. Leave one of them out.`;
    return [{ code: 'backfill-twice', path: [...path, 'field'], message }];
  });
}
