import { createHash } from 'node:crypto';
import session from 'express-session';
import type { SessionData } from 'express-session';
import type { Clock, Vault } from '../../engine/index.ts';

/** How long a sign-in lasts without being used, in milliseconds. */
export const SESSION_LIFE = 12 * 60 * 60 * 1000;

type Done = (error?: unknown) => void;

/** Keeps sign-in sessions in the store, under the hash of their id. */
export class VaultSessions extends session.Store {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    super();
    this.#vault = vault;
    this.#clock = clock;
  }

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.#vault.get('session', hashOf(id), this.#clock.now()).then(
      (kept) => {
        done(null, kept === undefined ? null : (JSON.parse(kept.value) as SessionData));
      },
      (error: unknown) => {
        done(error);
      },
    );
  }

  override set(id: string, data: SessionData, done?: Done): void {
    const expiresAt = this.#clock.now() + SESSION_LIFE;
    const value = JSON.stringify(data);
    settle(this.#vault.put({ hash: hashOf(id), purpose: 'session', value, expiresAt }), done);
  }

  override touch(id: string, data: SessionData, done?: () => void): void {
    this.set(id, data, done);
  }

  override destroy(id: string, done?: Done): void {
    settle(this.#vault.remove('session', hashOf(id)), done);
  }
}

function settle(work: Promise<void>, done: Done | undefined): void {
  work.then(
    () => done?.(),
    (error: unknown) => done?.(error),
  );
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
