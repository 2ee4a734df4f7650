import type { InboundMessage } from './message.ts';
import type { ClaimedJob, Incident, Subscription } from './step.ts';

/** How many jobs of one lane to claim at most. */
export interface LaneShare {
  readonly lane: string;
  readonly limit: number;
}

/** The stored effects that wait for their time, and the messages that wait for a case. */
export interface Jobs {
  /**
   * Takes up to `limit` due jobs for `lease` milliseconds. No other host gets them before the
   * lease ends; each claim raises `attempts`. Takes the longest due first and answers them by
   * `runAt`, which a claim leaves as it was. With `shares`, takes jobs of these lanes alone.
   */
  claim(
    now: number,
    limit: number,
    lease: number,
    shares?: readonly LaneShare[],
  ): Promise<readonly ClaimedJob[]>;

  /** The lanes in which jobs are due. */
  dueLanes(now: number): Promise<readonly string[]>;

  /**
   * Puts a claimed job back, due at `runAt`, if the token still holds. Answers whether it did. One
   * that was kept back, `untried`, is not counted as tried.
   */
  postpone(job: ClaimedJob, runAt: number, how?: 'tried' | 'untried'): Promise<boolean>;

  /** Removes a claimed job that needs no step (a sent mail), if the token still holds. */
  finish(job: ClaimedJob): Promise<boolean>;

  /**
   * When the next job may be claimed (leases counted in), of those that may later than `after`;
   * `undefined` when there is none. (Default: of all)
   */
  nextDue(after?: number): Promise<number | undefined>;
}

export interface KeptMessage extends InboundMessage {
  /** It has begun what it can begin. */
  readonly offered?: true;
}

/** Messages from outside and who waits for them. */
export interface Messages {
  /** Stores a message; answers false when its id is already known. */
  receive(message: InboundMessage): Promise<boolean>;
  /** Kept messages for a name and key, oldest first, unexpired and not yet consumed. */
  kept(name: string, key: string, now: number): Promise<readonly KeptMessage[]>;
  waiting(name: string, key: string): Promise<readonly Subscription[]>;
  /**
   * The names and keys under which an unexpired, unconsumed message and a waiting case lie side by
   * side, `limit` of them at most.
   */
  unmatched(
    now: number,
    limit: number,
  ): Promise<readonly { readonly name: string; readonly key: string }[]>;
  /** Kept messages of a name that were not offered to the workflows that start by it, oldest first. */
  unoffered(name: string, now: number, limit: number): Promise<readonly InboundMessage[]>;
  /** Remembers that a message has begun all that it can begin; or that some of it was `refused`. */
  offered(id: string, how: 'begun' | 'refused'): Promise<void>;
  /** Kept messages of which something was refused to begin, unexpired and not yet consumed, oldest first. */
  refused(now: number, limit: number): Promise<readonly InboundMessage[]>;
  /** Lets a message of which something was refused be offered again; answers whether it was one. */
  again(id: string): Promise<boolean>;
  /** Removes messages that expired at `now` or earlier, consumed or not; answers how many. */
  expire(now: number): Promise<number>;
}

/** All open incidents of one cause. */
export interface IncidentCause {
  readonly cause: string;
  readonly count: number;
  /** One of their codes and messages. */
  readonly code: string;
  readonly message: string;
  /** When the oldest of them opened, in epoch milliseconds. */
  readonly since: number;
}

/** The open incidents, in the order of their ids. */
export interface Incidents {
  open(id: string): Promise<Incident | undefined>;
  /** Those after the id `after`, or the first ones; with `cause` only those that have it. */
  list(after: string | undefined, limit: number, cause?: string): Promise<readonly Incident[]>;
  /** The causes of open incidents after the cause `after`, in their order, with what they have in common. */
  causes(after: string | undefined, limit: number): Promise<readonly IncidentCause[]>;
  ofCase(caseId: string): Promise<readonly Incident[]>;
}
