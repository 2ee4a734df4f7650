import type { Signature, Signer } from '../../governance/proposals/statement.ts';
import { TrellisError } from '../../kernel/errors.ts';
import { emailKey } from '../../kernel/values/email-key.ts';
import type { User } from '../../ports/accounts.ts';
import type { ApprovalKey } from '../../ports/approval-keys.ts';
import { govern } from '../govern.ts';
import { actorOf } from './parts.ts';
import type { ProposalParts } from './parts.ts';

/** The fewest characters of a passphrase. */
const SHORTEST = 12;

type Person = Pick<User, 'id' | 'name' | 'email'>;

/** The keys with which people sign what they propose and approve. */
export class KeyRing {
  readonly #parts: ProposalParts;

  constructor(parts: ProposalParts) {
    this.#parts = parts;
  }

  /** The keys of somebody that count now, the oldest first. */
  async of(email: string): Promise<readonly ApprovalKey[]> {
    const keys = await this.#parts.store.governance.keys();
    return keys.filter((one) => one.email === emailKey(email) && one.revokedAt === undefined);
  }

  /**
   * Makes a key for somebody, which takes the place of those that they had.
   * @throws `TrellisError` with code `bad-passphrase` for one that is too short.
   */
  async make(person: Person, passphrase: string): Promise<ApprovalKey> {
    if (passphrase.length < SHORTEST)
      throw new TrellisError(
        'bad-passphrase',
        `A passphrase needs at least ${SHORTEST} characters: several words are easy to remember.`,
      );
    const { smith, clock, store } = this.#parts;
    const made = await smith.make(passphrase);
    return govern({ governance: store.governance, clock }, async () => {
      const now = clock.now();
      const actor = actorOf(person);
      const earlier = await this.of(person.email);
      const key = { ...made, email: emailKey(person.email), createdAt: now };
      return {
        draft: {
          acts: [
            ...earlier.map((one) => ({
              ...{ kind: 'revoked-key' as const, actor },
              body: { key: one.key, email: one.email, why: 'Another took its place.' },
            })),
            { kind: 'added-key', actor, body: { key: key.key, email: key.email } },
          ],
          keys: [...earlier.map((one) => ({ ...one, revokedAt: now })), key],
        },
        answer: key,
      };
    });
  }

  /**
   * Signs with somebody's newest key; `text` makes what is signed of who signs, and when.
   * @throws `TrellisError` with code `no-approval-key` or `wrong-passphrase`.
   */
  async sign(
    { name, email }: Person,
    passphrase: string,
    text: (signer: Signer) => string,
  ): Promise<Signature> {
    const { smith, clock } = this.#parts;
    const key = (await this.of(email)).findLast(({ sealed }) => sealed !== undefined);
    if (key?.sealed === undefined)
      throw new TrellisError(
        'no-approval-key',
        'You have no key to sign with yet. Make one first; it takes a minute.',
      );
    const signer = { name, email, key: key.key, at: clock.now() };
    return { ...signer, signature: await smith.sign(key.sealed, passphrase, text(signer)) };
  }
}
