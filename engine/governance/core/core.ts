import type { RunnableView } from '../../kernel/core-view.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { CalendarRules } from '../../kernel/values/calendar.ts';
import type { ConnectorManifest } from '../connector-manifest.ts';
import type { Policies } from './policies.ts';
import type { ReferenceRow } from './reference-table.ts';
import type { Settings } from './settings.ts';
import type { TypeFile } from './types.ts';
import type { Upgrade } from './upgrade.ts';

/** The governed core as IT wrote it, without a problem in it. */
export interface Core {
  readonly settings: Settings;
  readonly calendars: ReadonlyMap<string, CalendarRules>;
  readonly types: ReadonlyMap<string, TypeFile>;
  /** What IT wrote, and `records`, which follows from the types. */
  readonly connectors: ReadonlyMap<string, ConnectorManifest>;
  /** The rows of the tables of reference data, by their types. */
  readonly reference: ReadonlyMap<string, readonly ReferenceRow[]>;
  readonly policies: Policies;
  /** How what is in use came to it from the release before, or to one before that. */
  readonly upgrade?: Upgrade;
  /** The core processes by the name under which they are run: `core/create-order`. */
  readonly processes: ReadonlyMap<string, WorkflowSource>;
  /** What a workflow that runs a core process sees of it, by the same name. */
  readonly runnables: ReadonlyMap<string, RunnableView>;
}
