import type { Accounts, User } from '../../engine/index.ts';
import { NO_PASSWORD, verifyPassword } from './passwords.ts';
import { Tries } from './tries.ts';

/** Wrong tries that one address, and one account, may make in a quarter of an hour. */
const TRIES_BY_ADDRESS = 30;
const TRIES_BY_ACCOUNT = 10;

/** Checks who signs in, slowly for those who guess. */
export class SignIn {
  readonly #accounts: Accounts;
  readonly #byAddress = new Tries(TRIES_BY_ADDRESS, 'sign in');
  readonly #byAccount = new Tries(TRIES_BY_ACCOUNT, 'sign in');

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /**
   * Answers the person with this email address and password, or `undefined`.
   * @throws `TrellisError` with code `too-often` after too many wrong tries.
   */
  async check(email: string, password: string, address: string): Promise<User | undefined> {
    const account = email.trim().toLowerCase();
    await this.#byAddress.count(address);
    await this.#byAccount.count(account);
    const user = await this.#accounts.byEmail(account);
    // Verified where there is no such account as well, so that both take as long.
    const right = await verifyPassword(password, user?.password ?? NO_PASSWORD);
    if (user === undefined || !right || user.leftAt !== undefined) return undefined;
    await this.#byAddress.giveBack(address);
    await this.#byAccount.forget(account);
    return user;
  }
}
