import type { Actor } from '../kernel/effects.ts';

/** What can be taken out of force without a new version or release. */
export interface InForceKey {
  /** A workflow that begins no cases any more, or a grant that holds no more. */
  readonly kind: 'workflow' | 'grant';
  /** The workflow, or the team whose grant it is. */
  readonly name: string;
  /** Of a grant: the operation, message or field; empty where all of the team's is meant. */
  readonly part: string;
}

/** Something that was taken out of force, until it is put back. */
export interface OutOfForce extends InForceKey {
  readonly reason: string;
  readonly actor: Actor;
  readonly at: number;
}

/** What is out of force now; governance steps take out and put back. */
export interface OutOfForceList {
  /** Everything, by kind, name and part. */
  all(): Promise<readonly OutOfForce[]>;
}
