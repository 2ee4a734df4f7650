import {
  ProposalDesk,
  TrellisError,
  authorize,
  changedFiles,
  createKeySmith,
  createSystemClock,
  createWorkshop,
  isReleasable,
  openStore,
} from '../../engine/index.ts';
import type { CoreRelease, Judgement, Store, User } from '../../engine/index.ts';
import { readSettings, workspaceSetting } from '../config.ts';
import { placeOf } from '../host/database-place.ts';
import { openClock } from '../host/open-clock.ts';
import { readCoreFiles } from '../host/workspace.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { readHidden } from './read-hidden.ts';

export interface Proposing {
  readonly as: string;
  readonly title: string;
  readonly why: string;
}

/**
 * Proposes the files of a workspace as the next release, in the name of somebody who has a key. Exit
 * code 1 where it would break what is in use: it is kept, and nobody can approve it as it is.
 */
export async function corePropose(
  given: string | undefined,
  { as, title, why }: Proposing,
  output: Output,
): Promise<ExitCode> {
  const files = await readCoreFiles(workspaceSetting(given));
  const store = await openStore(placeOf(readSettings()));
  const workshop = createWorkshop();
  try {
    const clock = await openClock(store, createSystemClock());
    const desk = new ProposalDesk({
      ...{ store, clock, workshop, smith: createKeySmith() },
      onReleased: () => Promise.resolve(),
    });
    const [person, base] = await Promise.all([personOf(store, as), baseOf(store)]);
    const { number, release } = await desk.propose(person, {
      ...{ title, why, base: base.release, passphrase: await readHidden('Passphrase') },
      change: changedFiles(new Map(Object.entries(base.files)), files),
    });
    const { judgement, route } = await desk.look(number);
    output.line(`Proposal ${number}: ${title}, as release ${release}.`);
    if (judgement !== undefined) tell(judgement, output);
    const approvers = `${route.approvers} with the role "${route.role}"`;
    const isSound = judgement !== undefined && isReleasable(judgement);
    output.line(
      isSound
        ? `Nothing that is in use breaks. ${approvers} approve it.`
        : 'It would break what is in use, so nobody can approve it as it is.',
    );
    output.result({ number, release, releasable: isSound, route, judgement });
    return isSound ? 0 : 1;
  } finally {
    await workshop.close();
    await store.close();
  }
}

function tell({ broken, forbidden, reasons }: Judgement, output: Output): void {
  for (const { name, problems } of broken) {
    output.line(`${name} would not pass its check any more:`);
    for (const problem of problems)
      output.line(`  ${showProblem(problem, `${name}/${problem.file ?? 'workflow.yaml'}`)}`);
  }
  for (const { file, position, message } of forbidden)
    output.line(
      `core-data/${file}${position === undefined ? '' : `:${position.line}`}  ${message}`,
    );
  for (const reason of reasons) output.line(`High risk: ${reason}`);
}

/** @throws `TrellisError` with code `no-person`, or `not-allowed` for who may not propose. */
async function personOf({ accounts }: Store, email: string): Promise<User> {
  const person = await accounts.byEmail(email);
  if (person === undefined || person.leftAt !== undefined)
    throw new TrellisError('no-person', `Nobody signs in as ${email}.`);
  const { id, roles, teams } = person;
  const decision = authorize({ kind: 'staff', id, email, roles, teams }, 'proposal.make', {});
  if (decision.allowed) return person;
  throw new TrellisError('not-allowed', decision.reason, { code: decision.code });
}

async function baseOf({ registry }: Store): Promise<CoreRelease> {
  const base = await registry.newestRelease();
  if (base !== undefined) return base;
  throw new TrellisError('no-release', 'There is no release in the database yet.');
}
