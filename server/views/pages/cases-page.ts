import type { CaseRow } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { DueView } from '../texts/due.ts';
import { dueView } from '../texts/due.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showShortTime } from '../texts/moment.ts';
import type { TagView } from '../texts/tag.ts';
import { caseTag } from '../texts/tag.ts';

/** The query parameters of the list of cases. */
export const CASE_FILTERS = {
  workflow: 'workflow',
  status: 'status',
  reference: 'reference',
  after: 'after',
} as const;

/** What somebody has chosen to see. */
export interface ChosenCases {
  readonly workflow?: string;
  readonly status?: StatusChoice;
  readonly reference?: string;
}

/** Stands beside the statuses for cases of which a task is overdue. */
export const LATE = 'late';
/** Stands beside the statuses for cases that lie in the archive. */
export const ARCHIVED = 'archived';
type StatusChoice = CaseRow['status'] | typeof LATE | typeof ARCHIVED;

export interface CasesModel {
  readonly chosen: ChosenCases;
  readonly workflows: readonly { readonly name: string; readonly title: string }[];
  readonly cases: readonly CaseItem[];
  readonly nextHref?: string;
  /** What can be done to many of them; absent where the visitor may not. */
  readonly changes?: readonly { readonly value: string; readonly label: string }[];
}

export interface CaseItem {
  readonly id: string;
  readonly reference: string;
  readonly href: string;
  readonly title: string;
  /** Titles of the states that it is in, joined; of a finished one, whether it lies in the archive. */
  readonly states: string;
  /** Present where a task of it is overdue. */
  readonly late?: DueView;
  readonly starter: string;
  readonly tag: TagView;
  readonly changed: TimeView;
}

/** The statuses that can be chosen, with what they are called. */
export const STATUSES: readonly (readonly [StatusChoice, string])[] = [
  [LATE, 'Late, the longest overdue first'],
  ['active', 'In progress'],
  ['undoing', 'Being undone'],
  ['suspended', 'Suspended'],
  ['finished', 'Finished'],
  [ARCHIVED, 'In the archive'],
];

/**
 * Makes one line of the list of cases.
 *
 * @param states the titles of the states that it is in
 */
export function caseItem(row: CaseRow, states: readonly string[], moment: ViewMoment): CaseItem {
  return {
    id: row.id,
    reference: row.reference,
    href: paths.case(row.id),
    title: row.title,
    states: row.status === 'finished' ? placeOfFinished(row) : states.join(', '),
    starter: row.starter.name,
    tag: caseTag(row),
    changed: showShortTime(row.updatedAt, moment),
    ...(row.due !== undefined && row.due < moment.now ? { late: dueView(row.due, moment) } : {}),
  };
}

function placeOfFinished({ archivedAt }: CaseRow): string {
  return archivedAt === undefined ? '' : 'In the archive';
}

/** Makes the list of cases with its filters. */
export function casesPage({ chosen, workflows, cases, nextHref, changes }: CasesModel): Page {
  const filtered = Object.values(chosen).some((value) => value !== '');
  return {
    template: 'pages/cases',
    title: 'Cases',
    area: 'cases',
    model: {
      names: CASE_FILTERS,
      action: paths.cases,
      workflows: options(
        'All workflows',
        workflows.map(({ name, title }) => [name, title]),
        chosen.workflow,
      ),
      statuses: options('Any status', STATUSES, chosen.status),
      reference: chosen.reference ?? '',
      filtered,
      cases,
      nextHref,
      ...(changes === undefined
        ? {}
        : {
            operationsHref: paths.operations,
            ...(isOver(chosen) ? {} : { choose: choosing(chosen, changes) }),
          }),
    },
  };
}

/** Nothing can be done any more to cases that have finished. */
function isOver({ status }: ChosenCases): boolean {
  return status === 'finished' || status === ARCHIVED;
}

/** What to do with which cases of the list. */
function choosing(
  chosen: CasesModel['chosen'],
  changes: NonNullable<CasesModel['changes']>,
): object {
  const option = (value: string, label: string) => ({ id: `scope-${value}`, value, label });
  return {
    action: paths.operations,
    hidden: Object.entries<string>({ ...chosen }).map(([name, value]) => ({ name, value })),
    scope: {
      label: 'Which cases',
      name: 'scope',
      block: 'radios',
      type: 'radio',
      options: [
        { ...option('ticked', 'Those that I have ticked above'), chosen: true },
        option('all', 'All unfinished cases that fit the filters, on all pages'),
      ],
    },
    change: { id: 'change', name: 'change', label: 'What to do', options: changes },
  };
}

function options(
  all: string,
  choices: readonly (readonly [string, string])[],
  chosen: string | undefined,
): readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[] {
  return [['', all] as const, ...choices].map(([value, label]) => ({
    value,
    label,
    chosen: value === (chosen ?? ''),
  }));
}
