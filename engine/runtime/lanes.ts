import type { LaneShare } from '../ports/jobs.ts';
import type { Job } from '../ports/step.ts';

/** What a job shares its turns with: its workflow, and where it calls somebody, their connector too. */
export function laneOf(workflow: string, { kind, payload }: Job): string {
  if (kind === 'mail') return `${workflow} mail`;
  const { operation } = payload;
  if (typeof operation !== 'string') return workflow;
  return `${workflow} ${operation.slice(0, operation.indexOf('.'))}`;
}

/** How much more than what is free one workflow, or one connector, may have. */
const OF_FREE = 3;
/** It is worth looking for more jobs of a lane where so great a part of all the room is free for it. */
const WORTH = 1 / 8;

/**
 * Counts what is under way, in all and for each workflow and connector, so that none of them takes
 * all of the room: what floods, or is slow, waits in its own lane while others pass. Each may have
 * three times as much as is free: one alone three quarters of the room, two three sevenths each.
 * (Choudhury and Hahne, Dynamic Queue Length Thresholds for Shared-Memory Packet Switches, 1998.)
 */
export class Lanes {
  readonly #room: number;
  readonly #taken = new Map<string, number>();
  #free: number;

  /** `room` is how many jobs may be under way at once. */
  constructor(room: number) {
    this.#room = room;
    this.#free = room;
  }

  /** How many more jobs there is room for in a lane, or in all of them. */
  room(lane?: string): number {
    const parts = lane === undefined ? [] : partsOf(lane);
    const most = parts.map((part) => {
      const taken = this.#taken.get(part) ?? 0;
      return Math.ceil((OF_FREE * this.#free - taken) / (OF_FREE + 1));
    });
    return Math.max(0, Math.min(this.#free, ...most));
  }

  /** Tells whether enough of a lane is free for it to be worth looking for more. */
  isOpen(lane: string): boolean {
    const isIdle = partsOf(lane).every((part) => !this.#taken.has(part));
    return this.room(lane) >= (isIdle ? 1 : this.#room * WORTH);
  }

  /** Takes room for jobs of a lane, or gives it back where `count` is negative. */
  take(lane: string, count: number): void {
    this.#free -= count;
    for (const part of partsOf(lane)) {
      const taken = (this.#taken.get(part) ?? 0) + count;
      if (taken === 0) this.#taken.delete(part);
      else this.#taken.set(part, taken);
    }
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

function partsOf(lane: string): readonly string[] {
  const [workflow = '', connector] = lane.split(' ');
  return connector === undefined ? [workflow] : [workflow, `→ ${connector}`];
}
