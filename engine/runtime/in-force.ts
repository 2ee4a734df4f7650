import type { Clock } from '../ports/clock.ts';
import type { OutOfForce, OutOfForceList } from '../ports/out-of-force.ts';

/** How old what is known may be, in milliseconds. */
const OLDEST = 2_000;

interface Parts {
  readonly outOfForce: OutOfForceList;
  readonly clock: Pick<Clock, 'now'>;
}

/** What was out of force at one moment. */
export class ForceLook {
  readonly all: readonly OutOfForce[];

  constructor(all: readonly OutOfForce[]) {
    this.all = all;
  }

  /** Why a workflow begins no cases, where it does not. */
  retired(workflow: string): OutOfForce | undefined {
    return this.all.find(({ kind, name }) => kind === 'workflow' && name === workflow);
  }

  /** Why a team may not use an operation, a message or a field that it was granted. */
  revoked(team: string, part: string): OutOfForce | undefined {
    return this.all.find(
      (one) => one.kind === 'grant' && one.name === team && (one.part === '' || one.part === part),
    );
  }
}

/** Knows what is out of force, on all hosts within seconds of the act that took it out. */
export class InForce {
  readonly #parts: Parts;
  #look: Promise<ForceLook> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What is out of force, as it was two seconds ago at most. */
  current(): Promise<ForceLook> {
    const { outOfForce, clock } = this.#parts;
    const now = clock.now();
    if (this.#look === undefined || Math.abs(now - this.#readAt) > OLDEST) {
      this.#readAt = now;
      const look = outOfForce.all().then((all) => new ForceLook(all));
      look.catch(() => {
        this.forget();
      });
      this.#look = look;
    }
    return this.#look;
  }

  /** Lets the next look be a new one: something was taken out or put back here. */
  forget(): void {
    this.#look = undefined;
  }
}
