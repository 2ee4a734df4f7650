import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { Fault } from '../core/fault.ts';
import { unknownName } from '../core/fault.ts';

/** Who has to look at a workflow before it goes live. */
export const TIERS = ['self', 'peer', 'it', 'dataProtection'] as const;
export type Tier = (typeof TIERS)[number];

/** Who may publish workflows, and what is asked of them. */
export interface PublishingRules {
  /** How much of its states and rules the test cases of a workflow must reach: 0 to 1. */
  readonly coverage: number;
  /** The roles whose word counts for a tier; those of `self` write workflows. */
  readonly roles: Readonly<Record<Tier, readonly string[]>>;
}

const Roles = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  minItems: 1,
  maxItems: 50,
  uniqueItems: true,
});

/** The part `publishing` of `policies.yaml`. */
export const publishingSchema = Type.Object(
  {
    coverage: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    self: Type.Optional(Roles),
    peer: Type.Optional(Roles),
    it: Type.Optional(Roles),
    dataProtection: Type.Optional(Roles),
  },
  { additionalProperties: false },
);

type WrittenPublishing = Static<typeof publishingSchema>;

const DEFAULTS: PublishingRules = {
  coverage: 0,
  roles: { self: ['author'], peer: ['reviewer'], it: ['it-core'], dataProtection: ['it-core'] },
};

/** The rules that hold, with what is not written as it is by default. */
export function publishingRules(written: WrittenPublishing = {}): PublishingRules {
  const { coverage = DEFAULTS.coverage, ...roles } = written;
  return { coverage, roles: { ...DEFAULTS.roles, ...roles } };
}

/** Tells the roles in `publishing` that the core does not have. */
export function publishingFaults(
  written: WrittenPublishing = {},
  roles: readonly string[],
): readonly Fault[] {
  return TIERS.flatMap((tier) =>
    (written[tier] ?? []).flatMap((role, index) =>
      roles.includes(role) ? [] : [unknownName('role', role, roles, ['publishing', tier, index])],
    ),
  );
}
