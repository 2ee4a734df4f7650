import type { CoreView } from '../../core-view.ts';
import type { Path } from '../../problem.ts';
import type { Report } from '../report.ts';
import { SELF } from '../self.ts';
import type { DataField } from '../values.ts';
import type { FormItem } from '../form.ts';
import type { WorkflowSource } from '../workflow.ts';

/** What every part of a workflow is read with. */
export interface Reading {
  readonly source: WorkflowSource;
  readonly core: CoreView;
  readonly report: Report;
  /** The workflow's own forms, each with the outcomes that it names itself. */
  readonly forms: ReadonlyMap<string, readonly string[]>;
  readonly decisions: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
  readonly data: ReadonlyMap<string, DataField>;
  /** Those of `data` that are the item of a `forEach`. */
  readonly items: ReadonlyMap<string, FormItem>;
  /** The signals that something in the workflow emits. */
  readonly emitted: ReadonlySet<string>;
}

/** Names that mean something else in targets and expressions. */
const RESERVED: ReadonlySet<string> = new Set(['history', 'deepHistory', 'self', 'all', 'here']);

/** Reports a name that the language keeps for itself. */
export function checkReserved(name: string, path: Path, { report }: Reading): void {
  if (!RESERVED.has(name)) return;
  report.atKey(path, 'reserved-name', `"${name}" means something else here. Choose another name.`);
}

export function checkForm(name: string, path: Path, { forms, report }: Reading): void {
  if (!forms.has(name)) report.unknown(path, 'unknown-form', 'form', name, forms.keys());
}

export function checkMessage(name: string, path: Path, { messages, report }: Reading): void {
  if (!messages.has(name)) report.unknown(path, 'unknown-message', 'message', name, messages);
}

export function checkRole(name: string, path: Path, { core, report }: Reading): void {
  if (!core.roles.includes(name)) {
    report.unknown(path, 'unknown-role', 'role', name, core.roles);
  }
}

export function checkOperation(name: string, path: Path, { core, report }: Reading): void {
  if (core.operations.has(name)) return;
  report.unknown(path, 'unknown-operation', 'operation', name, core.operations.keys());
}

/** Checks the name of a core process or a published workflow. */
export function checkRunnable(name: string, path: Path, { core, report }: Reading): void {
  if (core.runnables.has(name)) return;
  if (name === SELF) {
    const message =
      'This workflow cannot run itself: it has no start that says what it must be given, like `again: { run: [order] }`.';
    report.at(path, 'unknown-workflow', message);
    return;
  }
  const what = name.startsWith('core/') ? 'core process' : 'published workflow';
  report.unknown(path, 'unknown-workflow', what, name, core.runnables.keys());
}

/** Checks the name of a message that another system sends; it stands as a value, or as a key. */
export function checkIncoming(
  name: string,
  path: Path,
  { core, report }: Reading,
  where: 'value' | 'key' = 'value',
): void {
  if (core.messages.has(name)) return;
  const known = core.messages.keys();
  const code = 'unknown-incoming-message';
  if (where === 'value') report.unknown(path, code, 'message', name, known);
  else report.unknownKey(path, code, `There is no message "${name}".`, [...known]);
}
