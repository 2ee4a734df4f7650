import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import { reasonField } from './change-page.ts';
import type { ProblemView } from './review-page.ts';
import type { RiskView, VersionChange } from './version-change.ts';

export interface RollBackModel {
  readonly name: string;
  readonly title: string;
  /** The one that would be published anew. */
  readonly version: number;
  readonly newest: number;
  /** Whether the workflow is retired at present. */
  readonly retired: boolean;
  /** Why it cannot be done, with what the checker says. */
  readonly refused?: { readonly message: string; readonly problems: readonly ProblemView[] };
  readonly risk?: RiskView;
  /** Absent where it is refused. */
  readonly change?: VersionChange;
  /** Of what is shown; absent where the visitor does not speak for all that it needs. */
  readonly token?: string;
  /** Who would have to do it. */
  readonly waits?: string;
  /** Why the decision that was just sent was not taken. */
  readonly error?: string;
}

/** Makes the page on which an old version is published anew. */
export function rollBackPage(model: RollBackModel): Page {
  const { name, title, version, newest, retired, refused, change, error, token } = model;
  const backHref = paths.workflow(name);
  const field = reasonField('', error);
  const described = error === undefined ? 'reason-hint' : 'reason-hint reason-error';
  return {
    template: 'pages/roll-back',
    title: `${error === undefined ? '' : 'Error: '}Publish version ${version} of ${title} anew`,
    area: 'workflows',
    model: {
      ...{ title, version, backHref, risk: model.risk, waits: model.waits },
      lead: `It becomes version ${newest + 1}. Below it is held against version ${newest}, the newest one.`,
      errors: error === undefined ? [] : [{ href: '#reason', text: error }],
      ...(refused === undefined ? {} : { refused: refused.message, problems: refused.problems }),
      ...change,
      ...(token === undefined
        ? {}
        : {
            decision: {
              ...{ backHref, token, field: { ...field, describedBy: described } },
              action: paths.rollBack(name, version),
              button: `Publish it as version ${newest + 1}`,
              consequence: consequenceOf(newest, retired),
            },
          }),
    },
  };
}

function consequenceOf(newest: number, retired: boolean): string {
  const first = `New cases begin on version ${newest + 1} at once. Running cases stay where they are.`;
  return retired ? `${first} It is retired at present, and begins cases again.` : first;
}
