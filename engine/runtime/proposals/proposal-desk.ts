import { TrellisError } from '../../kernel/errors.ts';
import type { Route } from '../../governance/core/approval-routes.ts';
import { lockContent } from '../../governance/lock.ts';
import { applyChange, collisions } from '../../governance/proposals/changed-files.ts';
import { countingApprovals, whyNotApprove } from '../../governance/proposals/four-eyes.ts';
import { isReleasable } from '../../governance/proposals/judge.ts';
import type { Judgement } from '../../governance/proposals/judge.ts';
import type { ChangedFiles, Proposal } from '../../governance/proposals/proposal.ts';
import { approvalStatement, authorStatement } from '../../governance/proposals/statement.ts';
import type { Signature, SignedRelease } from '../../governance/proposals/statement.ts';
import type { User } from '../../ports/accounts.ts';
import type { CoreRelease } from '../../ports/registry.ts';
import { parseRelease } from '../../ports/registry.ts';
import type { Release } from '../../governance/release.ts';
import { govern } from '../govern.ts';
import type { Thought } from '../govern.ts';
import { Judgements } from './judgements.ts';
import { KeyRing } from './key-ring.ts';
import { actorOf } from './parts.ts';
import type { ProposalParts } from './parts.ts';
import { released, written } from './proposal-steps.ts';
import { proposeSigned } from './propose-signed.ts';
import { Standing, isAuthor, routeOf } from './standing.ts';

/** What somebody proposes. */
export interface NewProposal {
  readonly title: string;
  readonly why: string;
  /** The release that the change was made on. */
  readonly base: string;
  readonly change: ChangedFiles;
  readonly passphrase: string;
}

/** Why somebody brings a signed release here, and what opens their key. */
export type Brought = Pick<NewProposal, 'why' | 'passphrase'>;

/** A proposal with all that decides about it now. */
export interface ProposalLook {
  readonly proposal: Proposal;
  /** Absent once it is over. */
  readonly judgement?: Judgement;
  /** How many approve it, and with which role. */
  readonly route: Route;
  readonly counting: readonly Signature[];
  /** A newer release stands than the one that it was made on. */
  readonly isOutdated: boolean;
}

/** What would become of a change that nobody has proposed yet. */
export interface TriedOut extends Pick<ProposalLook, 'route'> {
  /** The name that it would get. */
  readonly release: string;
  readonly judgement: Judgement;
}

/** An open proposal that this person may approve now. */
interface Approvable {
  readonly proposal: Proposal;
  readonly route: Route;
  readonly base: CoreRelease;
  readonly passed: Judgement['passed'];
}

/** Changes of the core on their way to a release: proposed, approved by others, released. */
export class ProposalDesk {
  readonly keys: KeyRing;
  readonly #parts: ProposalParts;
  readonly #judgements: Judgements;
  readonly #standing: Standing;

  constructor(parts: ProposalParts) {
    this.#parts = parts;
    this.keys = new KeyRing(parts);
    this.#judgements = new Judgements(parts);
    this.#standing = new Standing(parts.store);
  }

  /**
   * Stores a change as an open proposal, signed by its author, whatever it would break.
   * @throws `TrellisError` with code `no-release`, `proposal-outdated`, `nothing-changed`,
   * `core-refused` (its files are wrong; `data.problems`), `no-approval-key` or `wrong-passphrase`.
   */
  async propose(person: User, given: NewProposal): Promise<Proposal> {
    const words = wordsOf(given);
    const base = await this.#baseNamed(given.base);
    const signed = await this.#sound(base, given.change, words.title);
    const author = await this.#signAs(person, given.passphrase, signed);
    return this.#govern(async () => {
      const [newest] = await this.#parts.store.governance.proposals(undefined, 1);
      const now = this.#parts.clock.now();
      const proposal: Proposal = {
        ...{ number: (newest?.number ?? 0) + 1, ...signed, ...words, base: base.release },
        ...{ files: given.change, status: 'open', author, approvals: [] },
        ...{ createdAt: now, changedAt: now },
      };
      return written(person, 'proposed', proposal, { title: proposal.title });
    });
  }

  /**
   * Puts a release that others have signed as the next one beside the other proposals, under its name
   * and with their signatures. Who brings it signs it too, and can never approve it.
   * @throws `TrellisError` with code `bundle-outdated` for one that does not follow the release in
   * force, `no-release`, `no-reason`, `no-approval-key` or `wrong-passphrase`.
   */
  async bring(person: User, found: Release, given: Brought): Promise<number> {
    const why = given.why.trim();
    if (why === '') throw new TrellisError('no-reason', 'Say why.');
    const inForce = await this.#standing.release();
    const { signed, release, digest } = found;
    if (signed === undefined) throw notNext(release, inForce.release);
    const signature = await this.#signAs(person, given.passphrase, { ...signed, release, digest });
    const { clock, store } = this.#parts;
    const { governance, registry } = store;
    const by = { actor: actorOf(person), why, signature };
    const number = await proposeSigned({ governance, registry, clock }, found, inForce, by);
    if (number === undefined) throw notNext(release, inForce.release);
    return number;
  }

  /**
   * Changes an open proposal, by its author; who approved it before is asked again.
   * @throws as `propose`, and `proposal-over`, or `not-allowed` for anybody else.
   */
  async amend(number: number, person: User, given: Omit<NewProposal, 'base'>): Promise<Proposal> {
    const words = wordsOf(given);
    const base = await this.#standing.release();
    const known = await this.#standing.own(number, person);
    await this.#refuseCollisions(known, base, given.change);
    const signed = await this.#sound(base, given.change, words.title);
    const author = await this.#signAs(person, given.passphrase, signed);
    return this.#govern(async () => {
      const before = await this.#standing.own(number, person);
      const changedAt = this.#parts.clock.now();
      const proposal: Proposal = {
        ...{ ...before, ...signed, ...words, base: base.release, files: given.change },
        ...{ author, approvals: [], changedAt },
      };
      return written(person, 'changed-proposal', proposal, {});
    });
  }

  /**
   * Ends an open proposal: its author withdraws it, others reject it.
   * @throws `TrellisError` with code `no-reason`, `no-proposal`, `proposal-over` or `not-allowed`.
   */
  async end(number: number, person: User, why: string): Promise<Proposal> {
    if (why.trim() === '') throw new TrellisError('no-reason', 'Say why.');
    return this.#govern(async () => {
      const before = await this.#standing.open(number);
      const isOwn = isAuthor(before, person);
      const now = this.#parts.clock.now();
      const { name, email } = person;
      const ended = { name, email, at: now, why: why.trim() };
      const status = isOwn ? 'withdrawn' : 'rejected';
      return written(
        person,
        status,
        { ...before, status, ended, changedAt: now },
        { why: ended.why },
      );
    });
  }

  /**
   * Approves an open proposal as it was shown (`digest`), with the approver's signature. With the
   * last approval that its route asks for, it becomes the next release in the same step.
   *
   * @throws `TrellisError` with code `no-proposal`, `proposal-over`, `proposal-outdated`,
   * `proposal-moved` (it was changed since it was shown), `proposal-breaks`, `not-allowed`,
   * `no-approval-key` or `wrong-passphrase`.
   */
  async approve(
    number: number,
    person: User,
    given: { readonly digest: string; readonly passphrase: string },
  ): Promise<Proposal> {
    const shown = await this.#approvable(number, person, given.digest);
    const approval = await this.keys.sign(person, given.passphrase, (signer) =>
      approvalStatement(shown.proposal, shown.proposal.author, signer),
    );
    const approved = await this.#govern(async () => {
      const { proposal, route, base } = await this.#approvable(number, person, given.digest);
      const changedAt = this.#parts.clock.now();
      const approvals = [...proposal.approvals, approval];
      const next: Proposal = { ...proposal, approvals, changedAt };
      const counting = countingApprovals(next, route, await this.#standing.approvers());
      const said = { key: approval.key, signature: approval.signature };
      return counting.length < route.approvers
        ? written(person, 'approved', next, said)
        : released(person, { ...next, approvals: counting }, base, said);
    });
    if (approved.status === 'released') await this.#parts.onReleased(new Set(shown.passed));
    return approved;
  }

  /**
   * A proposal, judged against what stands now.
   * @throws `TrellisError` with code `no-proposal`, `try-again` or `overloaded`.
   */
  async look(number: number): Promise<ProposalLook> {
    const proposal = await this.#standing.proposal(number);
    const base = await this.#standing.release();
    const isOutdated = proposal.status === 'open' && proposal.base !== base.release;
    // What ended is judged too, while it still can be: it says why it was refused.
    const isJudged = proposal.status !== 'released' && proposal.base === base.release;
    const judgement = isJudged ? await this.#judge(proposal, base) : undefined;
    const route = routeOf(base, judgement?.risk ?? 'high');
    const counting = countingApprovals(proposal, route, await this.#standing.approvers());
    return {
      ...{ proposal, route, counting, isOutdated },
      ...(judgement === undefined ? {} : { judgement }),
    };
  }

  /**
   * Judges a change as if it were proposed on the release in force; nothing is stored.
   * @throws `TrellisError` with code `no-release`, `try-again` or `overloaded`.
   */
  async tryOut(change: ChangedFiles): Promise<TriedOut> {
    const base = await this.#standing.release();
    const next = nextOf(base, change);
    const judgement = await this.#judgements.of({ base, change, ...next });
    return { release: next.release, judgement, route: routeOf(base, judgement.risk) };
  }

  /** Tells whether a proposal is this person's own. */
  isOwn(proposal: Proposal, person: Pick<User, 'email'>): boolean {
    return isAuthor(proposal, person);
  }

  async #approvable(number: number, person: User, digest: string): Promise<Approvable> {
    const proposal = await this.#standing.open(number);
    const base = await this.#standing.release();
    if (proposal.base !== base.release) throw outdated(proposal.base, base.release);
    if (proposal.digest !== digest)
      throw new TrellisError(
        'proposal-moved',
        'The proposal was changed since it was shown to you. Look at it again.',
      );
    const judgement = await this.#judge(proposal, base);
    const route = routeOf(base, judgement.risk);
    const { email, roles, leftAt } = person;
    const counting = countingApprovals(proposal, route, await this.#standing.approvers());
    const toApprove = { proposal, route, counting };
    const why = whyNotApprove(toApprove, { email, roles, hasLeft: leftAt !== undefined });
    if (why !== undefined) throw new TrellisError('not-allowed', why.reason, { code: why.code });
    if (!isReleasable(judgement))
      throw new TrellisError(
        'proposal-breaks',
        'The proposal would break what is in use. Its page lists what; its author can change it.',
      );
    return { proposal, route, base, passed: judgement.passed };
  }

  #judge({ files, release: name, digest }: Proposal, base: CoreRelease): Promise<Judgement> {
    return this.#judgements.of({ base, change: files, release: name, digest });
  }

  /** Holds the files of a change against the rules of a core, and makes the release that it would be. */
  async #sound(base: CoreRelease, change: ChangedFiles, title: string): Promise<SignedRelease> {
    if (Object.keys(change).length === 0)
      throw new TrellisError('nothing-changed', 'Nothing of the core is changed.');
    const signed = { ...nextOf(base, change), previous: base.digest, title };
    const { problems } = await this.#judgements.of({ base, change, ...signed });
    if (problems.some(({ severity }) => severity === 'error'))
      throw new TrellisError('core-refused', 'The changed files of the core have errors.', {
        problems,
      });
    return signed;
  }

  #signAs(person: User, passphrase: string, signed: SignedRelease): Promise<Signature> {
    return this.keys.sign(person, passphrase, (signer) => authorStatement(signed, signer));
  }

  async #refuseCollisions(known: Proposal, base: CoreRelease, change: ChangedFiles): Promise<void> {
    const old = await this.#parts.store.registry.release(known.base);
    if (old === undefined || old.release === base.release) return;
    const files = collisions(
      new Map(Object.entries(old.files)),
      new Map(Object.entries(base.files)),
      change,
    );
    if (files.length > 0)
      throw new TrellisError(
        'proposal-outdated',
        `Release ${base.release} has changed ${files.join(', ')} as well. Begin with the files of that release.`,
        { files },
      );
  }

  async #baseNamed(name: string): Promise<CoreRelease> {
    const base = await this.#standing.release();
    if (base.release !== name) throw outdated(name, base.release);
    return base;
  }

  #govern(think: () => Promise<Thought<Proposal>>): Promise<Proposal> {
    const { store, clock } = this.#parts;
    return govern({ governance: store.governance, clock }, think);
  }
}

/** The release that a change would make of another. */
function nextOf(
  { release, files }: CoreRelease,
  change: ChangedFiles,
): Pick<SignedRelease, 'release' | 'digest'> {
  const { line, number } = parseRelease(release);
  const name = `${line}.${number + 1}`;
  const after = applyChange(new Map(Object.entries(files)), change);
  return { release: name, digest: lockContent(after, name).digest };
}

function wordsOf({ title, why }: Pick<NewProposal, 'title' | 'why'>): {
  readonly title: string;
  readonly why: string;
} {
  const words = { title: title.trim(), why: why.trim() };
  if (words.title === '' || words.why === '')
    throw new TrellisError('no-reason', 'A proposal needs a title, and a reason.');
  return words;
}

function notNext(release: string, newest: string): TrellisError {
  return new TrellisError(
    'bundle-outdated',
    `Release ${release} was not signed as the one that follows ${newest}, which is in force here.`,
  );
}

function outdated(base: string, newest: string): TrellisError {
  return new TrellisError(
    'proposal-outdated',
    `The change was made on release ${base}, but release ${newest} is in force now. Bring it up to date.`,
  );
}
