import { LEVELS } from '../../kernel/classification.ts';
import type { Clearance } from '../../kernel/classification.ts';
import { operationsOf } from '../connector-manifest.ts';
import type { OperationManifest } from '../connector-manifest.ts';
import type { Core } from './core.ts';
import type { Policies } from './policies.ts';

const NOTHING_PROTECTED: Clearance = { upTo: 'public', tags: [] };

type Written = Policies['clearances'][string];

/**
 * Works out the clearance of every receiver: `public`, `customer`, `staff`, each operation by its name and
 * each role as `role:NAME`, which without a line of its own has that of `staff`. Who is not named
 * is given what is public.
 */
export function clearancesOf({
  settings,
  connectors,
  policies,
}: Core): ReadonlyMap<string, Clearance> {
  const clearances = new Map<string, Clearance>();
  for (const receiver of ['public', 'customer', 'api'])
    clearances.set(receiver, policyFor(receiver, policies) ?? NOTHING_PROTECTED);
  const staff = policyFor('staff', policies) ?? NOTHING_PROTECTED;
  clearances.set('staff', staff);
  for (const role of settings.roles)
    clearances.set(`role:${role}`, policyFor(`role:${role}`, policies) ?? staff);
  for (const manifest of connectors.values())
    for (const [short, operation] of operationsOf(manifest)) {
      const name = `${manifest.connector}.${short}`;
      clearances.set(name, operationClearance(name, operation, policies));
    }
  return clearances;
}

/** The clearance of an operation: the tighter of its manifest's and the policies'. */
export function operationClearance(
  name: string,
  { clearance }: Pick<OperationManifest, 'clearance'>,
  policies: Policies,
): Clearance {
  const byManifest = clearance && whole(clearance);
  const byPolicy = policyFor(name, policies);
  if (byManifest === undefined || byPolicy === undefined)
    return byManifest ?? byPolicy ?? NOTHING_PROTECTED;
  return {
    upTo:
      LEVELS[Math.min(LEVELS.indexOf(byManifest.upTo), LEVELS.indexOf(byPolicy.upTo))] ?? 'public',
    tags: byManifest.tags.filter((tag) => byPolicy.tags.includes(tag)),
  };
}

function policyFor(receiver: string, { clearances }: Policies): Clearance | undefined {
  return Object.hasOwn(clearances, receiver) ? whole(clearances[receiver]) : undefined;
}

function whole(written: Written | undefined): Clearance | undefined {
  return written && { upTo: written.upTo, tags: written.tags ?? [] };
}
