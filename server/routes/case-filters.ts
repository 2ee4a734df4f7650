import { TrellisError } from '../../engine/index.ts';
import type { CaseFilter } from '../../engine/index.ts';
import type { ChosenCases } from '../views/pages/cases-page.ts';
import { ARCHIVED, CASE_FILTERS, LATE, STATUSES } from '../views/pages/cases-page.ts';

/** What somebody has chosen to see in the list of cases, and the cases that this means. */
export interface ChosenFilters {
  readonly chosen: ChosenCases;
  readonly filter: CaseFilter;
}

/**
 * Reads the filters of the list of cases.
 *
 * @param now in epoch milliseconds: what was due before is late
 * @throws `TrellisError` with code `bad-request`.
 */
export function chosenFilters(query: Readonly<Record<string, string>>, now: number): ChosenFilters {
  const workflow = query[CASE_FILTERS.workflow] ?? '';
  const reference = (query[CASE_FILTERS.reference] ?? '').trim();
  const asked = query[CASE_FILTERS.status] ?? '';
  const status = STATUSES.find(([known]) => known === asked)?.[0];
  if (asked !== '' && status === undefined) {
    throw new TrellisError('bad-request', `"${asked}" is not a status of cases.`);
  }
  const shared = {
    ...(workflow === '' ? {} : { workflow }),
    ...(reference === '' ? {} : { reference }),
  };
  // Who knows what a case is called need not know where it lies.
  const found = reference === '' ? {} : ({ archive: 'with' } as const);
  if (status === undefined) return { chosen: shared, filter: { ...shared, ...found } };
  return {
    chosen: { ...shared, status },
    filter: { ...shared, ...found, ...ofStatus(status, now) },
  };
}

function ofStatus(status: (typeof STATUSES)[number][0], now: number): CaseFilter {
  switch (status) {
    case LATE:
      return { lateAt: now };
    case ARCHIVED:
      return { archive: 'only' };
    default:
      return { status };
  }
}
