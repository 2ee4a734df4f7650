import { createHash, randomBytes } from 'node:crypto';
import { filesIn } from '../../engine/index.ts';
import type { Clock, Draft, Files, Store, Vault } from '../../engine/index.ts';

/** A form that somebody has begun: what was filled in, and what became of it. */
export interface KeptDraft {
  /** Which form it is, so that a secret opens no other one. */
  readonly form: string;
  readonly draft: Draft;
  /** The case that it became. */
  readonly sent?: { readonly caseId: string; readonly reference: string };
}

/** Keeps unfinished forms for whoever holds their secret; only its hash is stored. */
export class Drafts {
  readonly #vault: Vault;
  readonly #files: Files;
  readonly #clock: Clock;

  constructor({ vault, files }: Pick<Store, 'vault' | 'files'>, clock: Clock) {
    this.#vault = vault;
    this.#files = files;
    this.#clock = clock;
  }

  /** Makes a secret that nobody can guess (256 bits). */
  newSecret(): string {
    return randomBytes(32).toString('base64url');
  }

  async find(secret: string | undefined, form: string): Promise<KeptDraft | undefined> {
    const kept = secret === undefined ? undefined : await this.open(secret);
    return kept?.form === form ? kept : undefined;
  }

  /** Whatever form a secret belongs to. */
  async open(secret: string): Promise<KeptDraft | undefined> {
    const kept = await this.#vault.get('draft', draftKey(secret), this.#clock.now());
    return kept === undefined ? undefined : (JSON.parse(kept.value) as KeptDraft);
  }

  /** Keeps a draft for `life` milliseconds from now, and the files in it. */
  async keep(secret: string, draft: KeptDraft, life: number): Promise<void> {
    const until = this.#clock.now() + life;
    if (filesIn(draft.draft.values).length > 0) await this.#files.keep(draftKey(secret), until);
    await this.#vault.put({
      hash: draftKey(secret),
      purpose: 'draft',
      value: JSON.stringify(draft),
      expiresAt: until,
    });
  }

  async drop(secret: string): Promise<void> {
    await this.#vault.remove('draft', draftKey(secret));
  }
}

/** What a draft's secret is stored under; also the key that makes sending it twice harmless. */
export function draftKey(secret: string): string {
  return createHash('sha256').update(`draft\n${secret}`).digest('hex');
}
