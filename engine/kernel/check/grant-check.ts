import type { DataPath } from '../definition/values.ts';
import type { State } from '../definition/state.ts';
import type { Path, Problem } from '../problem.ts';
import { leavesOf } from '../types/classify.ts';
import { fieldOf } from '../types/make-type.ts';
import type { Checkup } from './checkup.ts';
import { askedLeaves } from './form-rights.ts';
import { error } from './place.ts';
import { sentMessages } from './sent-messages.ts';
import { sitesOf } from './sites.ts';
import { receiverOf } from './undo-receiver.ts';

/** The operation by which every mail leaves the house. */
export const MAIL = 'mail.send';

/**
 * Checks that the workflow's team holds a grant for everything that it uses: operations, child
 * cases of other teams, messages, mails, and the fields of locked types that it writes.
 */
export function checkGrants(checkup: Checkup): readonly Problem[] {
  return [...operationGrants(checkup), ...messageGrants(checkup), ...writeGrants(checkup)];
}

function operationGrants(checkup: Checkup): readonly Problem[] {
  const { workflow, core, chart } = checkup;
  const granted = new Set(grantsOf(checkup).flatMap((grant) => grant.operations));
  const used = [...chart.states.values()].flatMap((state) => operationsOf(state, checkup));
  const [mail] = mailsOf(checkup);
  if (mail !== undefined) used.push({ name: MAIL, path: mail });
  return used
    .filter(({ name }) => core.runnables.get(name)?.team !== workflow.team)
    .filter(({ name }) => !granted.has(name))
    .map(({ name, path }) => notGranted(checkup, path, `use "${name}"`));
}

/** Where it is said whom a mail goes to, one place for each mail. */
function mailsOf(checkup: Checkup): readonly Path[] {
  const addresses = sitesOf(checkup).filter(({ purpose }) => purpose.kind === 'address');
  return [
    ...addresses.map(({ expression }) => expression.path),
    ...sentMessages(checkup).flatMap(({ role }) => (role === undefined ? [] : [role.path])),
  ];
}

interface Use {
  readonly name: string;
  readonly path: Path;
}

function operationsOf(state: State, { core }: Checkup): readonly Use[] {
  const { undo } = state;
  return [
    ...(state.kind === 'run' ? [{ name: state.workflow, path: [...state.path, 'run'] }] : []),
    ...(state.kind === 'start'
      ? [{ name: state.workflow, path: [...state.path, 'start', 'workflow'] }]
      : []),
    ...(state.kind === 'call' ? [{ name: state.operation, path: [...state.path, 'call'] }] : []),
    ...(undo ? [{ name: receiverOf(undo, core).name, path: [...undo.path, undo.kind] }] : []),
  ].filter(({ name }) => core.operations.has(name) || core.runnables.has(name));
}

function messageGrants(checkup: Checkup): readonly Problem[] {
  const granted = new Set(grantsOf(checkup).flatMap((grant) => grant.messages));
  const begun = checkup.workflow.starts.flatMap((start): readonly Use[] =>
    start.kind === 'message' ? [{ name: start.message, path: [...start.path, 'message'] }] : [],
  );
  const heard = [...checkup.chart.states.values()].flatMap((state): readonly Use[] => {
    const awaited = state.kind === 'wait' ? state.messages : [];
    return [
      ...awaited.map((name) => ({ name, path: [...state.path, 'wait'] })),
      ...state.hears.map(({ message, path }) => ({ name: message, path })),
    ];
  });
  return [...begun, ...heard]
    .filter(({ name }) => checkup.core.messages.has(name) && !granted.has(name))
    .map(({ name, path }) => notGranted(checkup, path, `receive "${name}"`));
}

/** Every written field once, at the first place that writes it. */
function writeGrants(checkup: Checkup): readonly Problem[] {
  const granted = new Set(grantsOf(checkup).flatMap((grant) => grant.write));
  const told = new Set<string>();
  return writtenFields(checkup).flatMap(({ origin, path }) => {
    if (told.has(origin) || isGranted(origin, granted)) return [];
    told.add(origin);
    return [notGranted(checkup, path, `write "${origin}"`)];
  });
}

/** A grant is of a field, or of all that lies in one, or in a type; there may be very many. */
function isGranted(origin: string, granted: ReadonlySet<string>): boolean {
  for (let end = origin.length; end > 0; end = origin.lastIndexOf('.', end - 1)) {
    if (granted.has(origin.slice(0, end))) return true;
  }
  return false;
}

interface Written {
  readonly origin: string;
  readonly path: Path;
}

function writtenFields(checkup: Checkup): readonly Written[] {
  const { workflow, fields } = checkup;
  const at = (target: DataPath, path: Path): readonly Written[] => {
    const type = fields.typeAt(target.join('.'));
    const leaves = type === undefined ? [] : leavesOf(type);
    return leaves.flatMap((leaf) => originOf(leaf.type.origin, path));
  };
  return [
    ...sitesOf(checkup).flatMap(({ purpose, expression }) =>
      purpose.kind === 'write' ? at(purpose.target, expression.path) : [],
    ),
    ...sitesOf(checkup).flatMap(({ purpose, expression }) =>
      purpose.kind === 'input' ? writtenToRecord(checkup, purpose, expression.path) : [],
    ),
    ...workflow.starts.flatMap((start) =>
      start.kind === 'api' ? start.fields.flatMap((name) => at(name.split('.'), start.path)) : [],
    ),
    ...workflow.forms
      .flatMap((form) => form.pages.flatMap((page) => page.fields))
      .filter((field) => field.scope === 'data')
      .flatMap((field) =>
        askedLeaves(checkup, field).flatMap((leaf) => originOf(leaf.type.origin, field.path)),
      ),
  ];
}

/** The fields of a record that an operation is given; what names the record is not written. */
function writtenToRecord(
  { core }: Checkup,
  { receiver, target }: { readonly receiver: string; readonly target: DataPath },
  path: Path,
): readonly Written[] {
  const operation = core.operations.get(receiver);
  if (operation?.record === undefined || operation.effect === 'read') return [];
  const name = target.join('.');
  const type = fieldOf(operation.input, name);
  if (type === undefined || operation.record.key.includes(name)) return [];
  return leavesOf(type).flatMap((leaf) => originOf(leaf.type.origin, path));
}

function originOf(origin: string | undefined, path: Path): readonly Written[] {
  return origin === undefined ? [] : [{ origin, path }];
}

function grantsOf({ core, workflow }: Checkup): Checkup['core']['grants'] {
  return core.grants.filter((grant) => grant.team === workflow.team);
}

function notGranted({ workflow }: Checkup, path: Path, what: string): Problem {
  return error(
    'not-granted',
    path,
    `The team "${workflow.team}" has no leave to ${what}. Ask IT for a grant, or do without it.`,
  );
}
