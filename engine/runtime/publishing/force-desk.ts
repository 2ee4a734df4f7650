import type { ActKind } from '../../governance/acts.ts';
import type { Actor } from '../../kernel/effects.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { InForceKey } from '../../ports/out-of-force.ts';
import type { Store } from '../../ports/store.ts';
import type { GovernanceDraft } from '../govern.ts';
import { govern } from '../govern.ts';
import type { InForce } from '../in-force.ts';
import { reasonIn } from '../operations.ts';

interface Parts {
  readonly store: Pick<Store, 'governance' | 'outOfForce' | 'neighbours'>;
  readonly inForce: Pick<InForce, 'forget'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Who takes something out of force or puts it back, and why. */
export interface ForceChange {
  readonly key: InForceKey;
  readonly actor: Actor;
  readonly reason: string;
}

const OUT: Readonly<Record<InForceKey['kind'], ActKind>> = {
  workflow: 'retired-workflow',
  grant: 'revoked-grant',
};
const BACK: Readonly<Record<InForceKey['kind'], ActKind>> = {
  workflow: 'put-back-workflow',
  grant: 'restored-grant',
};

/** Takes workflows and grants out of force without a new version or release, and puts them back. */
export class ForceDesk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Retires a workflow: no more cases of it begin. Or revokes a grant: nothing is called by it.
   * @throws `TrellisError` with code `no-reason`, or `already-out`.
   */
  async takeOut({ key, actor, reason }: ForceChange): Promise<void> {
    const given = reasonIn(reason);
    await this.#change(async (isOut, at) => {
      if (await isOut(key)) {
        const message = `${nameOf(key)} is out of force already. Nothing was changed.`;
        throw new TrellisError('already-out', message, { ...key });
      }
      const act = { kind: OUT[key.kind], actor, body: bodyOf(key, given) };
      return { acts: [act], takenOut: [{ ...key, reason: given, actor, at }] };
    });
  }

  /**
   * Puts back what was taken out.
   * @throws `TrellisError` with code `no-reason`, or `not-out`.
   */
  async putBack({ key, actor, reason }: ForceChange): Promise<void> {
    const given = reasonIn(reason);
    await this.#change(async (isOut) => {
      if (!(await isOut(key))) {
        const message = `${nameOf(key)} is in force. Nothing was changed.`;
        throw new TrellisError('not-out', message, { ...key });
      }
      const act = { kind: BACK[key.kind], actor, body: bodyOf(key, given) };
      return { acts: [act], putBack: [key] };
    });
  }

  async #change(
    think: (isOut: (key: InForceKey) => Promise<boolean>, now: number) => Promise<GovernanceDraft>,
  ): Promise<void> {
    const { store, clock, inForce } = this.#parts;
    const isOut = async (key: InForceKey): Promise<boolean> =>
      (await store.outOfForce.all()).some((one) => isSame(one, key));
    await govern({ governance: store.governance, clock }, async () => ({
      draft: await think(isOut, clock.now()),
      answer: undefined,
    }));
    inForce.forget();
    store.neighbours.tell('published');
  }
}

function isSame(one: InForceKey, other: InForceKey): boolean {
  return one.kind === other.kind && one.name === other.name && one.part === other.part;
}

function bodyOf({ kind, name, part }: InForceKey, reason: string): Record<string, string> {
  return kind === 'workflow'
    ? { workflow: name, reason }
    : { team: name, ...(part === '' ? {} : { part }), reason };
}

function nameOf({ kind, name, part }: InForceKey): string {
  if (kind === 'workflow') return `The workflow "${name}"`;
  return `The grant of "${name}"${part === '' ? '' : ` for "${part}"`}`;
}
