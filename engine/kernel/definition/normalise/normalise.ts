import type { CoreView } from '../../core-view.ts';
import { EMPTY } from '../../types/make-type.ts';
import type { Report } from '../report.ts';
import type { Written } from '../schema/workflow-schema.ts';
import { SELF } from '../self.ts';
import type { Workflow, WorkflowSource } from '../workflow.ts';
import { readData } from './data.ts';
import { readDecisions } from './decisions.ts';
import { emittedIn } from './emitted.ts';
import { emptyForms } from './empty-forms.ts';
import { itemsOfForms } from './for-each.ts';
import { readForms } from './forms.ts';
import { readMessages } from './messages.ts';
import { checkReserved } from './reading.ts';
import type { Reading } from './reading.ts';
import { readStarts } from './starts.ts';
import { readStates } from './states.ts';

/** What people call a case where the author says nothing. */
const REFERENCE = '{number}';

/**
 * Writes a workflow out: every short form long, every name looked up. Names that lead nowhere are
 * reported; the result holds good only where nothing was.
 */
export function normalise(
  written: Written<'Workflow'>,
  source: WorkflowSource,
  core: CoreView,
  report: Report,
): Workflow {
  const reading: Reading = {
    source,
    core: withOwnName(written, core),
    report,
    forms: new Map(
      Object.entries(written.forms ?? {}).map(([name, { outcomes }]) => [
        name,
        Object.keys(outcomes ?? {}),
      ]),
    ),
    decisions: new Set(Object.keys(written.decisions ?? {})),
    messages: new Set(Object.keys(written.messages ?? {})),
    data: readData(written.data, core, report),
    items: new Map(),
    emitted: emittedIn(written.states),
  };
  checkHead(written, reading);
  const forms = readForms(written.forms, itemsOfForms(written, reading), reading);
  const root = readStates(written, reading);
  return {
    name: written.workflow,
    title: written.title,
    team: written.team,
    core: written.core,
    reference: written.reference ?? REFERENCE,
    data: [...reading.data.values()],
    starts: readStarts(written.start, forms, reading),
    forms: [...forms, ...emptyForms(root)],
    decisions: readDecisions(written.decisions, reading),
    messages: readMessages(written.messages, reading),
    root,
  };
}

/** A workflow that others can run can run itself; until it is read, only its outcomes are known. */
function withOwnName({ start, states, team }: Written<'Workflow'>, core: CoreView): CoreView {
  if (Object.values(start).every(({ run }) => run === undefined)) return core;
  const outcomes = Object.entries(states).flatMap(([name, { final }]) => {
    if (final === undefined) return [];
    return final === true ? [name] : [final];
  });
  const self = { name: SELF, title: SELF, team, input: EMPTY, output: EMPTY, outcomes };
  return { ...core, runnables: new Map([...core.runnables, [SELF, self]]) };
}

function checkHead(written: Written<'Workflow'>, reading: Reading): void {
  const { source, core, report } = reading;
  const name = source.name.slice(source.name.lastIndexOf('/') + 1);
  checkReserved(written.workflow, ['workflow'], reading);
  if (written.workflow !== name) {
    const message = `The workflow is named "${written.workflow}", but its folder "${name}".`;
    report.at(['workflow'], 'wrong-name', message, report.replacement(['workflow'], name));
  }
  if (!core.teams.includes(written.team)) {
    report.unknown(['team'], 'unknown-team', 'team', written.team, core.teams);
  }
  if (written.core !== core.line) {
    const message = `The workflow is written for line ${written.core} of the core; this core is line ${core.line}.`;
    report.at(['core'], 'wrong-core-line', message, report.replacement(['core'], `${core.line}`));
  }
  checkReference(written.reference ?? REFERENCE, report);
}

function checkReference(reference: string, report: Report): void {
  const names = [...reference.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = names.find((name) => name !== 'year' && name !== 'number');
  if (unknown !== undefined || !names.includes('number')) {
    const message = `"reference" is made of {number}, which it must have, {year} and plain text, like Q-{year}-{number}.`;
    report.at(['reference'], 'reference-form', message);
  }
}
