import type { LaneShare } from '../ports/jobs.ts';
import type { Job } from '../ports/step.ts';
import { Shares } from './shares.ts';

/** What a job shares its turns with: its workflow, and where it calls somebody, their connector too. */
export function laneOf(workflow: string, { kind, payload }: Job): string {
  if (kind === 'mail') return `${workflow} mail`;
  const { operation } = payload;
  if (typeof operation !== 'string') return workflow;
  return `${workflow} ${operation.slice(0, operation.indexOf('.'))}`;
}

/** It is worth looking for more jobs of a lane where so great a part of all the room is free for it. */
const WORTH = 1 / 8;

/**
 * Counts what is under way, in all and for each workflow and connector, so that none of them takes
 * all of the room: what floods, or is slow, waits in its own lane while others pass.
 */
export class Lanes {
  readonly #room: number;
  readonly #shares: Shares;

  /** `room` is how many jobs may be under way at once. */
  constructor(room: number) {
    this.#room = room;
    this.#shares = new Shares(room);
  }

  /** How many more jobs there is room for in a lane, or in all of them. */
  room(lane?: string): number {
    const most = partsOf(lane).map((part) => this.#shares.roomFor(part));
    return Math.max(0, Math.min(this.#shares.free, ...most));
  }

  /** Tells whether enough of a lane is free for it to be worth looking for more. */
  isOpen(lane: string): boolean {
    const isIdle = partsOf(lane).every((part) => this.#shares.of(part) === 0);
    return this.room(lane) >= (isIdle ? 1 : this.#room * WORTH);
  }

  /** Takes room for jobs of a lane, or gives it back where `count` is negative. */
  take(lane: string, count: number): void {
    this.#shares.take(partsOf(lane), count);
  }

  /** Takes up to `room` for lanes, as evenly as each of them has room. */
  reserve(lanes: readonly string[], room: number): readonly LaneShare[] {
    const narrowestFirst = lanes
      .map((lane) => ({ lane, most: this.room(lane) }))
      .sort((a, b) => a.most - b.most);
    let left = room;
    return narrowestFirst.flatMap(({ lane }, index): LaneShare[] => {
      const even = Math.ceil(left / (narrowestFirst.length - index));
      const limit = Math.min(this.room(lane), even, left);
      if (limit <= 0) return [];
      left -= limit;
      this.take(lane, limit);
      return [{ lane, limit }];
    });
  }
}

function partsOf(lane: string | undefined): readonly string[] {
  if (lane === undefined) return [];
  const [workflow = '', connector] = lane.split(' ');
  return connector === undefined ? [workflow] : [workflow, `→ ${connector}`];
}
