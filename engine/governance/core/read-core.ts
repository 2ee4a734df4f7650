import type { Problem } from '../../kernel/problem.ts';
import { buildCoreView } from './build-core-view.ts';
import { calendarRules } from './calendars.ts';
import { meaningProblems } from './check-meaning.ts';
import type { WholeForms } from './check-meaning.ts';
import type { Core } from './core.ts';
import { readTables } from './reference-tables.ts';
import { recordsConnector } from './records-connector.ts';
import { layFilesOut } from './file-layout.ts';
import { readProcesses } from './processes.ts';
import { readForms } from './read-forms.ts';

/** A core that was read; it is absent where there is an error. */
export interface ReadCore {
  readonly core?: Core;
  readonly problems: readonly Problem[];
}

export interface ReadCoreOptions {
  /** Takes the files as right, because just these have passed the whole check. (Default: false) */
  readonly isChecked?: boolean;
}

/**
 * Reads the files of a core, by their paths, and finds everything that is wrong in one of them or
 * between them. What the files say of each other is told once each of them has the right form.
 */
export function readCore(
  files: ReadonlyMap<string, string>,
  { isChecked = false }: ReadCoreOptions = {},
): ReadCore {
  const layout = layFilesOut(files);
  const { forms, problems: inForms } = readForms(layout.files, isChecked);
  const { settings, policies } = forms;
  const problems = [...layout.problems, ...inForms];
  if (problems.length > 0 || settings === undefined || policies === undefined) return { problems };
  const whole = { ...forms, settings, policies };
  const inMeaning = isChecked ? [] : meaningProblems(whole);
  if (inMeaning.length > 0) return { problems: inMeaning };
  const core = coreOf(whole);
  const view = buildCoreView(core, `${core.settings.line}.1`);
  const { runnables, problems: inProcesses } = readProcesses(core.processes, view, isChecked);
  const isRefused = inProcesses.some(({ severity }) => severity === 'error');
  return { ...(!isRefused && { core: { ...core, runnables } }), problems: inProcesses };
}

/** The core in which no process can be run yet: the processes are checked against it. */
function coreOf(forms: WholeForms): Core {
  const { settings, policies, upgrade, types, connectors, processes, holidays } = forms;
  const byName = new Map(types.map(({ value }) => [value.type, value]));
  const records = recordsConnector(byName);
  return {
    settings: settings.value,
    calendars: new Map(
      Object.entries(settings.value.calendars).map(([name, calendar]) => [
        name,
        calendarRules(calendar, holidays.get(calendar.holidays ?? '') ?? []),
      ]),
    ),
    types: byName,
    reference: readTables(forms.tables, types),
    connectors: new Map(
      [...connectors.map(({ value }) => value), records].map((one) => [one.connector, one]),
    ),
    policies: policies.value,
    ...(upgrade && { upgrade: upgrade.value }),
    processes: new Map(processes.map((source) => [source.name, source])),
    runnables: new Map(),
  };
}
