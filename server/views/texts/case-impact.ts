import type { CasesImpact } from '../../../engine/index.ts';
import type { CaseImpact } from '../../desk/case-impacts.ts';
import { paths, withQuery } from '../paths.ts';

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
      if (running.length === 0) return { none: true };
      return { versions: running.map((version) => versionView(version, titleOf)) };
    }
  }
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
