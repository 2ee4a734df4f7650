import { withinState } from '../../kernel/check/statechart.ts';
import type { CoreView, Grant } from '../../kernel/core-view.ts';
import type { State } from '../../kernel/definition/state.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import { dateIn } from '../../kernel/values/zone.ts';
import type { GrantUses } from '../../ports/grant-uses.ts';
import type { RunningCases, Worklist } from '../../ports/worklist.ts';
import type { Catalogue } from '../catalogue.ts';
import { MAIL_OPERATION } from '../outgoing-mail.ts';
import { grantKey } from './grant-key.ts';
import { fieldsToBeWritten } from './written-fields.ts';

/** A workflow that uses what is granted, with its running cases. */
export interface GrantUser {
  readonly workflow: string;
  /** Of those versions that use it. */
  readonly running: readonly RunningCases[];
}

/** A grant of the core in force, and how often it was used today. */
export interface GrantRow extends Grant {
  /** Counted where there is a quota. */
  readonly used: number;
}

/** Lists the grants of a core with what was used of their quotas today. */
export async function grantRows(
  core: CoreView,
  { grantUses, now }: { readonly grantUses: GrantUses; readonly now: number },
): Promise<readonly GrantRow[]> {
  const used = await grantUses.usedOn(dateIn(core.timeZone, now));
  return core.grants.map((grant) => ({ ...grant, used: used.get(grantKey(grant)) ?? 0 }));
}

/**
 * Finds what would stop if a team's grant were revoked: for one operation, message or field, or with ''
 * for all.
 */
export async function grantUsers(
  team: string,
  part: string,
  { catalogue, worklist }: { readonly catalogue: Catalogue; readonly worklist: Worklist },
): Promise<readonly GrantUser[]> {
  const users: GrantUser[] = [];
  for (const { name } of catalogue.list()) {
    const { compiled, core } = await catalogue.newest(name);
    const uses = (workflow: Workflow): boolean =>
      workflow.team === team &&
      usedBy(workflow, core.view).some((used) => part === '' || used === part);
    const running: RunningCases[] = [];
    for (const group of await worklist.running(name)) {
      const version = await catalogue.version(name, group.version);
      if (uses(version.compiled.workflow)) running.push(group);
    }
    if (running.length > 0 || uses(compiled.workflow)) users.push({ workflow: name, running });
  }
  return users;
}

/** What a workflow needs grants for, by name. */
function usedBy(
  workflow: Workflow,
  { runnables, messages, operations: known }: CoreView,
): readonly string[] {
  const used = withinState(workflow.root).flatMap(namesIn);
  const begun = workflow.starts.flatMap((start) =>
    start.kind === 'message' ? [start.message] : [],
  );
  const heard = [...begun, ...used].filter((name) => messages.has(name));
  const operations = used.filter(
    (name) => !messages.has(name) && runnables.get(name)?.team !== workflow.team,
  );
  const written = withinState(workflow.root).flatMap((state) => fieldsIn(state, known));
  const granted = [...operations, ...heard, ...written];
  return workflow.messages.length > 0 ? [...granted, MAIL_OPERATION] : granted;
}

/** The fields of records that a state writes, and the types that they are of. */
function fieldsIn(state: State, known: CoreView['operations']): readonly string[] {
  const calls = [state, state.undo].filter((one) => one?.kind === 'call');
  return calls.flatMap(({ operation: name, with: given }) => {
    const operation = known.get(name);
    if (operation === undefined) return [];
    const fields = fieldsToBeWritten(
      operation,
      given.map(({ target }) => target[0] ?? ''),
    );
    return fields.flatMap((field) => [field, field.split('.')[0] ?? '']);
  });
}

function namesIn(state: State): readonly string[] {
  const { undo } = state;
  return [
    ...(state.kind === 'call' ? [state.operation] : []),
    ...(state.kind === 'run' || state.kind === 'start' ? [state.workflow] : []),
    ...(undo?.kind === 'call' ? [undo.operation] : []),
    ...(undo?.kind === 'run' ? [undo.workflow] : []),
    ...(state.kind === 'wait' ? state.messages : []),
    ...state.hears.map(({ message }) => message),
  ];
}
