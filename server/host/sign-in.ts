import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { TrellisError } from '../../engine/index.ts';
import type { Accounts, User } from '../../engine/index.ts';
import { NO_PASSWORD, verifyPassword } from './passwords.ts';

/** Wrong tries that one address, and one account, may make in a quarter of an hour. */
const TRIES_BY_ADDRESS = 30;
const TRIES_BY_ACCOUNT = 10;
const WINDOW_SECONDS = 15 * 60;

/** Checks who signs in, slowly for those who guess. */
export class SignIn {
  readonly #accounts: Accounts;
  readonly #byAddress = new RateLimiterMemory({
    points: TRIES_BY_ADDRESS,
    duration: WINDOW_SECONDS,
  });
  readonly #byAccount = new RateLimiterMemory({
    points: TRIES_BY_ACCOUNT,
    duration: WINDOW_SECONDS,
  });

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /**
   * Answers the person with this email address and password, or `undefined`.
   * @throws `TrellisError` with code `too-often` after too many wrong tries.
   */
  async check(email: string, password: string, address: string): Promise<User | undefined> {
    const account = email.trim().toLowerCase();
    await this.#count(this.#byAddress, address);
    await this.#count(this.#byAccount, account);
    const user = await this.#accounts.byEmail(account);
    // Verified where there is no such account as well, so that both take as long.
    const right = await verifyPassword(password, user?.password ?? NO_PASSWORD);
    if (user === undefined || !right || user.leftAt !== undefined) return undefined;
    await this.#byAddress.reward(address, 1);
    await this.#byAccount.delete(account);
    return user;
  }

  async #count(limiter: RateLimiterMemory, key: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (limit) {
      if (limit instanceof Error) throw limit;
      const seconds = Math.ceil((limit as RateLimiterRes).msBeforeNext / 1000);
      throw new TrellisError(
        'too-often',
        `There were too many tries to sign in. Try again in ${Math.ceil(seconds / 60)} minutes.`,
        { seconds },
      );
    }
  }
}
