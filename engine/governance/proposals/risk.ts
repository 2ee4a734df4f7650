import { LEVELS } from '../../kernel/classification.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Core } from '../core/core.ts';
import type { Risk } from '../core/approval-routes.ts';
import { RECORDS } from '../core/record-words.ts';
import { protectionsOf } from './protections.ts';

/** How much a change can do, and why it is so; no reasons where the risk is low. */
export interface JudgedRisk {
  readonly risk: Risk;
  /** A sentence each. */
  readonly reasons: readonly string[];
}

/**
 * Judges a change of the core. High is whatever changes who may do what, what leaves the house, or
 * how well a field is protected; all else (new fields, titles, calendars, reference data) is low.
 */
export function riskOfChange(before: Core, after: Core): JudgedRisk {
  const reasons = [
    ...peopleReasons(before, after),
    ...policyReasons(before, after),
    ...connectorReasons(before, after),
    ...processReasons(before, after),
    ...protectionReasons(before, after),
    ...upgradeReasons(before, after),
  ];
  return { risk: reasons.length > 0 ? 'high' : 'low', reasons };
}

function peopleReasons(before: Core, after: Core): readonly string[] {
  const parts = [
    ['roles', 'The roles change.'],
    ['managers', 'Who manages whose tasks changes.'],
    ['teams', 'The teams change.'],
    ['approvalRoutes', 'Who approves changes of the core changes.'],
  ] as const;
  return parts
    .filter(([part]) => differs(before.settings[part], after.settings[part]))
    .map(([, reason]) => reason);
}

function policyReasons(before: Core, after: Core): readonly string[] {
  const keys = new Set([...Object.keys(before.policies), ...Object.keys(after.policies)]);
  const of = (core: Core): Readonly<Record<string, unknown>> => core.policies;
  return [...keys]
    .filter((key) => differs(of(before)[key], of(after)[key]))
    .map((key) => `"${key}" of policies.yaml changes.`);
}

/** What may be done with records follows from the types, which are looked at themselves. */
function connectorReasons(before: Core, after: Core): readonly string[] {
  return changedNames(before.connectors, after.connectors)
    .filter(([name]) => name !== RECORDS)
    .map(([name, how]) => `The connector ${name} ${how}.`);
}

function processReasons(before: Core, after: Core): readonly string[] {
  return changedNames(before.processes, after.processes).map(
    ([name, how]) => `The core process ${name} ${how}.`,
  );
}

/** What comes to values that people gave, and what is left for others to bring in order. */
function upgradeReasons({ upgrade: earlier }: Core, { upgrade }: Core): readonly string[] {
  if (upgrade === undefined || !differs(earlier, upgrade)) return [];
  const { behind, backfill = [] } = upgrade;
  const fields = backfill.map(({ type, field }) => `${type}.${field}`);
  return [
    ...(behind === undefined
      ? []
      : [`${behind.workflows.join(', ')} may stay on the release before until ${behind.until}.`]),
    ...(fields.length === 0 ? [] : [`${fields.join(', ')} is filled where it is empty.`]),
  ];
}

/** Fields that would be less protected, and types that would be gone. */
function protectionReasons(before: Core, after: Core): readonly string[] {
  return [...before.types].flatMap(([name, { schema }]) => {
    const later = after.types.get(name);
    if (later === undefined) return [`The type ${name} is taken away.`];
    const now = protectionsOf(later.schema);
    return [...protectionsOf(schema)].flatMap(([path, { level, tags }]) => {
      const field = [name, path].filter((part) => part !== '').join('.');
      const to = now.get(path);
      if (to === undefined) return [];
      return [
        ...(LEVELS.indexOf(to.level) >= LEVELS.indexOf(level)
          ? []
          : [`${field} is ${level}, and would be ${to.level}.`]),
        ...tags
          .filter((tag) => !to.tags.includes(tag))
          .map((tag) => `${field} would not be tagged "${tag}" any more.`),
      ];
    });
  });
}

type Named = readonly [name: string, how: string];

function changedNames(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly Named[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name): Named[] => {
    if (!before.has(name)) return [[name, 'is new']];
    if (!after.has(name)) return [[name, 'is taken away']];
    return differs(before.get(name), after.get(name)) ? [[name, 'changes']] : [];
  });
}

function differs(before: unknown, after: unknown): boolean {
  return written(before) !== written(after);
}

function written(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value);
}
