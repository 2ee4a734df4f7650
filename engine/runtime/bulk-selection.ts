import type { BulkCases, BulkChange, BulkOperation } from '../ports/bulk.ts';
import type { Incidents } from '../ports/jobs.ts';
import type { CaseRow, Worklist } from '../ports/worklist.ts';

/** Some of the cases that an operation means, and where the next ones begin while there are more. */
export interface SelectedCases {
  readonly ids: readonly string[];
  readonly next?: string;
}

export interface SelectionSources {
  readonly worklist: Pick<Worklist, 'cases'>;
  readonly incidents: Pick<Incidents, 'list'>;
  readonly bulk: Pick<BulkCases, 'cases'>;
}

/** Reads the next cases that an operation means, a page of them. */
export async function selectedCases(
  { selection, change, cursor }: BulkOperation,
  { worklist, incidents, bulk }: SelectionSources,
  limit: number,
): Promise<SelectedCases> {
  const after = cursor === '' ? undefined : cursor;
  switch (selection.kind) {
    case 'cases': {
      const from = Number(after ?? 0);
      const isMore = selection.ids.length > from + limit;
      const ids = selection.ids.slice(from, from + limit);
      return some(ids, isMore ? String(from + limit) : undefined);
    }
    case 'filter': {
      const { rows, next } = await worklist.cases(selection.filter, after, limit);
      const ids = rows.filter((row) => isMeant(row, change)).map(({ id }) => id);
      return some(ids, next);
    }
    case 'cause': {
      const found = await incidents.list(after, limit, selection.cause);
      const last = found.length < limit ? undefined : found.at(-1)?.id;
      const ids = [...new Set(found.map(({ caseId }) => caseId))];
      return some(ids, last);
    }
    case 'operation': {
      const { rows, next } = await bulk.cases(selection.id, 'done', after, limit);
      return some(
        rows.map(({ caseId }) => caseId),
        next,
      );
    }
  }
}

function some(ids: readonly string[], next: string | undefined): SelectedCases {
  return { ids, ...(next === undefined ? {} : { next }) };
}

/** Child cases rest and end with the case that runs them; what is there already need not go there. */
function isMeant({ status, parent, workflowVersion }: CaseRow, change: BulkChange): boolean {
  if (status === 'finished') return false;
  switch (change.kind) {
    case 'suspend':
    case 'resume':
    case 'cancel':
      return parent === undefined;
    case 'migrate':
      return workflowVersion !== change.to;
    default:
      return true;
  }
}
