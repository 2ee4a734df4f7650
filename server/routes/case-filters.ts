import { TrellisError } from '../../engine/index.ts';
import type { StoredCase } from '../../engine/index.ts';
import { CASE_FILTERS } from '../views/pages/cases-page.ts';

const STATUSES: readonly StoredCase['status'][] = ['active', 'undoing', 'suspended', 'finished'];

/**
 * Reads the filters of the list of cases.
 * @throws `TrellisError` with code `bad-request`.
 */
export function chosenFilters(query: Readonly<Record<string, string>>): {
  readonly workflow?: string;
  readonly status?: StoredCase['status'];
  readonly reference?: string;
} {
  const workflow = query[CASE_FILTERS.workflow] ?? '';
  const reference = (query[CASE_FILTERS.reference] ?? '').trim();
  const asked = query[CASE_FILTERS.status] ?? '';
  const status = STATUSES.find((known) => known === asked);
  if (asked !== '' && status === undefined) {
    throw new TrellisError('bad-request', `"${asked}" is not a status of cases.`);
  }
  return {
    ...(workflow === '' ? {} : { workflow }),
    ...(status === undefined ? {} : { status }),
    ...(reference === '' ? {} : { reference }),
  };
}
