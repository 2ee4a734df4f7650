import type { EventRow } from './records.ts';
import { REST } from './workspace.ts';

/** A place of the harness's workflow. */
export type Place =
  'booking' | 'riding' | 'resting' | 'sorting' | 'billing' | 'stamping' | 'delivered';

/** Where a case is by its events, and what its way asked of the world. */
export interface Followed {
  readonly place: Place;
  readonly slip: string;
  readonly marks: readonly string[];
  /** How often somebody had it rest again. */
  readonly again: number;
  /** Each call that was asked for: its key, and what it was answered if it was. */
  readonly calls: readonly FollowedCall[];
  readonly isOutcomeTaken: boolean;
  readonly isMessageTaken: boolean;
  /** What could not have happened; told by the number of the promise that it breaks. */
  readonly faults: readonly { readonly promise: 2 | 5 | 6 | 8; readonly message: string }[];
}

export interface FollowedCall {
  readonly operation: 'book' | 'bill' | 'stamp';
  readonly key: string;
  readonly result?: string;
}

interface Body {
  readonly kind?: string;
  readonly state?: string;
  readonly visit?: number;
  readonly button?: string;
  readonly at?: number;
  readonly version?: number;
  readonly result?: { readonly number?: string };
  readonly form?: { readonly own?: { readonly note?: string } };
  readonly beginning?: {
    readonly input?: Filled;
    readonly form?: { readonly data?: Filled };
  };
}

/** What a start has filled. */
interface Filled {
  readonly parcel?: { readonly slip?: string };
}

/** Where a place leads, and by what. A second telling of the workflow, which knows no engine. */
const WAYS: Readonly<Record<string, { readonly by: string; readonly to: Place }>> = {
  booking: { by: 'done', to: 'riding' },
  riding: { by: 'message', to: 'resting' },
  resting: { by: 'timer', to: 'sorting' },
  sorting: { by: 'outcome', to: 'billing' },
  billing: { by: 'done', to: 'stamping' },
  stamping: { by: 'done', to: 'delivered' },
};
const CALLS: Readonly<Record<string, FollowedCall['operation']>> = {
  booking: 'book',
  billing: 'bill',
  stamping: 'stamp',
};
/** Entries that leave the case where it is. */
const NOTES = new Set(['claimed', 'released', 'incident', 'retried']);

/** The promise that is broken by an event which is taken where it does not belong. */
const PROMISES: Readonly<Record<string, 6 | 8>> = { timer: 6, done: 8 };

/** Follows the events of one case, in the order of their numbers. */
export function followCase(events: readonly EventRow[]): Followed {
  const way = new Way();
  for (const event of events) way.take(event);
  return way;
}

class Way implements Followed {
  place: Place = 'booking';
  slip = '';
  again = 0;
  isOutcomeTaken = false;
  isMessageTaken = false;
  readonly marks: string[] = [];
  readonly calls: FollowedCall[] = [];
  readonly faults: { readonly promise: 2 | 5 | 6 | 8; readonly message: string }[] = [];
  #visits = 1;
  #entered = 0;
  #last = 0;
  #at = 0;

  take(event: EventRow): void {
    const body = JSON.parse(event.body) as Body;
    if (event.seq !== this.#last + 1) {
      this.#fault(2, `entry ${event.seq} follows entry ${this.#last}`);
    }
    this.#last = event.seq;
    const back = this.#at - event.at;
    if (back > 0) this.#fault(6, `entry ${event.seq} lies ${back} ms before the one before it`);
    this.#at = event.at;
    if (NOTES.has(event.kind)) return;
    if (event.kind === 'started') {
      const { input, form } = body.beginning ?? {};
      this.slip = (input ?? form?.data)?.parcel?.slip ?? '';
      this.#enter('booking', event);
    } else if (event.kind === 'press') this.#press(event, body);
    else this.#goOn(event, body);
  }

  #press(event: EventRow, { button, form }: Body): void {
    if (button === 'mark') this.marks.push(form?.own?.note ?? '');
    else if (this.place === 'resting') {
      this.again += 1;
      this.#visits += 1;
      this.#entered = event.at;
    } else this.#fault(2, `"${button ?? ''}" was pressed in ${this.place}`);
  }

  #goOn(event: EventRow, body: Body): void {
    const { state = '', visit } = body;
    const way = WAYS[this.place];
    const isHere = state === this.place && visit === (state === 'resting' ? this.#visits : 1);
    if (way?.by === event.kind && isHere) {
      this.#note(event, body);
      this.#enter(way.to, event);
      return;
    }
    const what = `${event.kind} of ${state}, visit ${visit ?? 0} (entry ${event.seq})`;
    const where = `${this.place}, visit ${this.#visits}`;
    this.#fault(PROMISES[event.kind] ?? 2, `${what} was taken in ${where}`);
  }

  /** What an event that fits tells beside the way. */
  #note(event: EventRow, body: Body): void {
    if (event.kind === 'timer') this.#timer(event, body);
    if (event.kind === 'message') this.isMessageTaken = true;
    if (event.kind === 'outcome') this.isOutcomeTaken = true;
    const call = this.calls.at(-1);
    if (event.kind === 'done' && call !== undefined) {
      this.calls[this.calls.length - 1] = { ...call, result: body.result?.number ?? '' };
    }
  }

  #timer({ at, seq }: EventRow, body: Body): void {
    const due = this.#entered + REST;
    if (at < due) this.#fault(6, `the timer fired ${due - at} ms early (entry ${seq})`);
    if (body.at !== due) {
      this.#fault(6, `the timer of entry ${seq} was due at ${body.at ?? 0} instead of ${due}`);
    }
  }

  #enter(place: Place, { case_id, seq, at }: EventRow): void {
    this.place = place;
    this.#entered = at;
    const operation = CALLS[place];
    if (operation !== undefined) this.calls.push({ operation, key: `${case_id}/${seq}/` });
  }

  #fault(promise: 2 | 5 | 6 | 8, message: string): void {
    this.faults.push({ promise, message });
  }
}
