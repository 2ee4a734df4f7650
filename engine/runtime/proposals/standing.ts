import { readCore } from '../../governance/core/read-core.ts';
import type { Risk, Route } from '../../governance/core/approval-routes.ts';
import { routesOf } from '../../governance/core/approval-routes.ts';
import type { Approver } from '../../governance/proposals/four-eyes.ts';
import type { Proposal } from '../../governance/proposals/proposal.ts';
import { TrellisError } from '../../kernel/errors.ts';
import { emailKey } from '../../kernel/values/email-key.ts';
import type { User } from '../../ports/accounts.ts';
import type { CoreRelease } from '../../ports/registry.ts';
import type { ProposalParts } from './parts.ts';

/** What stands now: the release in force, proposals, and who may approve. */
export class Standing {
  readonly #store: ProposalParts['store'];

  constructor(store: ProposalParts['store']) {
    this.#store = store;
  }

  /** @throws `TrellisError` with code `no-release`. */
  async release(): Promise<CoreRelease> {
    const release = await this.#store.registry.newestRelease();
    if (release !== undefined) return release;
    throw new TrellisError('no-release', 'There is no release of the core yet.');
  }

  /** @throws `TrellisError` with code `no-proposal`. */
  async proposal(number: number): Promise<Proposal> {
    const proposal = await this.#store.governance.proposal(number);
    if (proposal !== undefined) return proposal;
    throw new TrellisError('no-proposal', `There is no proposal ${number}.`);
  }

  /** @throws `TrellisError` with code `no-proposal` or `proposal-over`. */
  async open(number: number): Promise<Proposal> {
    const proposal = await this.proposal(number);
    if (proposal.status === 'open') return proposal;
    throw new TrellisError('proposal-over', `Proposal ${number} was ${proposal.status}.`);
  }

  /** An open proposal of this person's own. @throws as `open`, or `not-allowed`. */
  async own(number: number, person: User): Promise<Proposal> {
    const proposal = await this.open(number);
    if (isAuthor(proposal, person)) return proposal;
    throw new TrellisError('not-allowed', 'Only its author changes a proposal.', { code: 'role' });
  }

  /** Everybody, with the keys of theirs that count. */
  async approvers(): Promise<readonly Approver[]> {
    const { accounts, governance } = this.#store;
    const [people, keys] = await Promise.all([accounts.list(), governance.keys()]);
    return people.map(({ email, roles, leftAt }) => ({
      ...{ email, roles, hasLeft: leftAt !== undefined },
      keys: keys
        .filter((one) => one.email === emailKey(email) && one.revokedAt === undefined)
        .map(({ key }) => key),
    }));
  }
}

/** Who approves a change of this release, by the change's risk: it cannot make its own way easier. */
export function routeOf({ files }: CoreRelease, risk: Risk): Route {
  const { core } = readCore(new Map(Object.entries(files)), { isChecked: true });
  return routesOf(core?.settings ?? {})[risk];
}

/** Tells whether somebody has written a proposal, or brought it from another environment. */
export function isAuthor({ author, broughtBy }: Proposal, { email }: Pick<User, 'email'>): boolean {
  return [author, broughtBy].some(
    (one) => one !== undefined && emailKey(one.email) === emailKey(email),
  );
}
