import type { CasesImpact, RecordsImpact } from '../../../engine/index.ts';
import type { CaseImpact } from '../../desk/case-impacts.ts';
import { paths, withQuery } from '../paths.ts';
import { countOf } from './words.ts';

/** Makes what `parts/case-impact` reads; `titleOf` gives the title of a state. */
export function caseImpactView(
  impact: CaseImpact,
  titleOf: (version: CasesImpact, state: string) => string,
): object {
  switch (impact.kind) {
    case 'looking':
      return { looking: { done: impact.done, total: Math.max(impact.of, 1) } };
    case 'failed':
      return { failed: impact.message };
    case 'found': {
      const running = impact.cases.filter(({ cases }) => cases > 0);
      return {
        ...(running.length === 0 ? { none: true } : {}),
        versions: running.map((version) => versionView(version, titleOf)),
        ...(impact.records.length === 0 ? {} : { records: impact.records.map(recordsView) }),
      };
    }
  }
}

/** What is wrong is told by field and in how many: records are not for everybody who approves. */
function recordsView({ type, records, invalid, wrong }: RecordsImpact): object {
  return {
    type,
    href: paths.type(type),
    text: `${countOf(records, 'record')}, ${invalid === 0 ? 'all of them right' : `${invalid} with a value that would be wrong`}`,
    wrong: wrong.map(({ field, message, count }) => ({ field, message, count })),
  };
}

function versionView(
  version: CasesImpact,
  titleOf: (version: CasesImpact, state: string) => string,
): object {
  const { workflow, cases, states, invalid, examples } = version;
  return {
    title: `${cases} of ${workflow} version ${version.version}`,
    href: withQuery(paths.cases, { workflow }),
    states: Object.entries(states).map(([state, count]) => ({
      count,
      state: titleOf(version, state),
    })),
    ...(invalid === 0
      ? {}
      : {
          invalid: `${invalid} ${invalid === 1 ? 'holds a value' : 'hold values'} that would be wrong:`,
          examples: examples.map(({ id, reference, field, message }) => ({
            ...{ reference, field, message },
            href: paths.case(id),
          })),
        }),
  };
}
