import { TrellisError } from '../kernel/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Jobs, LaneShare } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { Neighbours } from '../ports/neighbours.ts';
import type { ClaimedJob, Job, Step } from '../ports/step.ts';
import { addedJobs, isStopped } from '../ports/stopped.ts';
import { Lanes } from './lanes.ts';
import type { JobRunner } from './run-job.ts';

export interface DispatcherSettings {
  /** The most jobs under way at once. (Default: 128) */
  readonly concurrency?: number;
  /**
   * For how long a claim holds, in milliseconds, asked for each: it must be longer than any call.
   * (Default: 120,000)
   */
  readonly lease?: number | (() => number);
  /** The longest sleep, for jobs that another host stored, in milliseconds. (Default: 5,000) */
  readonly poll?: number;
}

interface Parts {
  readonly jobs: Jobs;
  readonly runner: Pick<JobRunner, 'run' | 'giveUp'>;
  /** Told of due jobs that this host has no room for. */
  readonly neighbours?: Pick<Neighbours, 'tell'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A job that came into this host's hand longer ago is left to its lease, in milliseconds. */
const LATE = 5_000;
/** How long to wait after the store failed, in milliseconds; it doubles, up to the longest sleep. */
const AFTER_FAILURE = 500;
/** How often a job is tried that cannot be run at all. */
const MOST_TRIES = 10;

/**
 * Claims due jobs and runs them, many side by side. It sleeps until the next job is due and is
 * woken when a step stores an earlier one. What a step asks for at once is stored as claimed
 * already, while there is room and nothing older waits.
 */
export class Dispatcher {
  readonly #parts: Parts;
  readonly #lanes: Lanes;
  readonly #lease: () => number;
  readonly #poll: number;
  readonly #running = new Set<Promise<void>>();
  #stopped = true;
  #claiming: Promise<void> | undefined;
  #again = false;
  /** Lanes in which free jobs may lie in the store, which come first. Before it has looked, all of them. */
  #behind: Set<string> | 'all' = 'all';
  #cancelWake: (() => void) | undefined;
  #wakeAt = Infinity;
  /** How often the store has failed in a row. */
  #failures = 0;
  /** Jobs that could not be ended while the store failed: their leases would run on for nothing. */
  #unended: ClaimedJob[] = [];

  constructor(parts: Parts, settings: DispatcherSettings = {}) {
    this.#parts = parts;
    this.#lanes = new Lanes(settings.concurrency ?? 128);
    const { lease = 120_000 } = settings;
    this.#lease = typeof lease === 'number' ? () => lease : lease;
    this.#poll = settings.poll ?? 5_000;
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  /** Looks for due jobs now. */
  wake(): void {
    // While it backs off, only the time that it waits for wakes it.
    if (this.#stopped || (this.#failures > 0 && this.#wakeAt !== Infinity)) return;
    if (this.#claiming !== undefined) {
      this.#again = true;
      return;
    }
    this.#claiming = this.#claimAll().finally(() => {
      this.#claiming = undefined;
      if (this.#again) {
        this.#again = false;
        this.wake();
      }
    });
  }

  /** Makes sure that it looks again at `at` (epoch milliseconds) at the latest. */
  wakeBy(at: number): void {
    if (this.#stopped || at >= this.#wakeAt) return;
    if (at <= this.#parts.clock.now()) {
      this.wake();
      return;
    }
    this.#cancelWake?.();
    this.#wakeAt = at;
    this.#cancelWake = this.#parts.clock.at(at, () => {
      this.#wakeAt = Infinity;
      this.wake();
    });
  }

  /**
   * Claims the due jobs of a step that is about to be saved, as far as there is room. Answers the
   * step to save; {@link saved} or {@link unsaved} must follow.
   */
  claim(step: Step): Step {
    const now = this.#parts.clock.now();
    const isDue = ({ runAt, held, visit }: Job): boolean =>
      runAt <= now && held !== true && !isStopped(step, visit);
    if (!step.jobs.add.some(isDue)) return step;
    const add = step.jobs.add.map((job) => (isDue(job) ? this.#kept(job, now) : job));
    return { ...step, jobs: { ...step.jobs, add } };
  }

  /** Runs what a saved step has claimed, and sees to what it has stored for later. */
  saved(step: Step): void {
    const { clock, neighbours } = this.#parts;
    for (const job of addedJobs(step)) {
      if (job.claimedUntil !== undefined) {
        this.#take(job);
        continue;
      }
      if (job.runAt <= clock.now()) neighbours?.tell('jobs');
      this.wakeBy(job.runAt);
    }
    if (step.jobs.rest === 'let go') this.wake();
  }

  /** Lets go of what a step has claimed that was not saved. */
  unsaved(step: Step): void {
    const claimed = step.jobs.add.filter((job) => job.claimedUntil !== undefined);
    for (const { lane = '' } of claimed) this.#lanes.take(lane, -1);
    if (claimed.length > 0) this.#wakeBehind();
  }

  /** Claims nothing more and waits for the jobs that are under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelWake?.();
    this.#wakeAt = Infinity;
    await this.#claiming;
    await Promise.all(this.#running);
  }

  /** Something is under way, or is being looked for. */
  get isBusy(): boolean {
    return this.#claiming !== undefined || this.#running.size > 0;
  }

  /** Resolves once no job is under way and none is due. */
  async idle(): Promise<void> {
    while (this.isBusy) {
      await this.#claiming;
      await Promise.all(this.#running);
    }
  }

  async #claimAll(): Promise<void> {
    const { jobs, clock } = this.#parts;
    try {
      await this.#handBack();
      for (;;) {
        if (this.#stopped) return;
        const now = clock.now();
        const due = await jobs.dueLanes(now);
        if (await this.#claimOf(due, now)) continue;
        this.#recovered();
        // Somebody woke it meanwhile: it looks again at once, and asks when there is nothing to do.
        if (this.#again) return;
        const next = await jobs.nextDue(now);
        this.wakeBy(Math.min(next ?? Infinity, clock.now() + this.#poll));
        return;
      }
    } catch (error) {
      this.#backOff(error);
    }
  }

  /** Claims jobs of lanes in which some are due; answers whether there may be more that it has room for. */
  async #claimOf(due: readonly string[], now: number): Promise<boolean> {
    const isBehind = this.#isBehind(due);
    // Where it is not behind, steps that are saved meanwhile keep half of the room.
    const room = this.#lanes.room();
    const shares = this.#lanes.reserve(due, isBehind ? room : Math.ceil(room / 2));
    this.#behind = new Set(due);
    if (shares.length === 0) return false;
    const limit = shares.reduce((sum, share) => sum + share.limit, 0);
    const claimed = await this.#claimed(now, limit, shares);
    for (const share of shares) {
      const got = claimed.filter(({ lane = '' }) => lane === share.lane);
      this.#lanes.take(share.lane, got.length - share.limit);
      if (got.length < share.limit) this.#behind.delete(share.lane);
    }
    for (const job of claimed) this.#run(job);
    return [...this.#behind].some((lane) => this.#lanes.isOpen(lane));
  }

  /** Asks the store; the room that was kept for the answer is free again where there is none. */
  async #claimed(
    now: number,
    limit: number,
    shares: readonly LaneShare[],
  ): Promise<readonly ClaimedJob[]> {
    try {
      return await this.#parts.jobs.claim(now, limit, this.#lease(), shares);
    } catch (error) {
      for (const share of shares) this.#lanes.take(share.lane, -share.limit);
      throw error;
    }
  }

  #isBehind(lanes: readonly string[]): boolean {
    const behind = this.#behind;
    return behind === 'all' || lanes.some((lane) => behind.has(lane));
  }

  /** Looks for more where a lane in which some wait has room again. */
  #wakeBehind(): void {
    const behind = this.#behind;
    if (behind === 'all' || [...behind].some((lane) => this.#lanes.isOpen(lane))) this.wake();
  }

  /** Older jobs go first: while some may wait, or where there is no room, it waits with them. */
  #kept(job: Job, now: number): Job {
    const { lane = '' } = job;
    if (this.#stopped || this.#isBehind([lane])) return job;
    if (this.#lanes.room(lane) <= 0) {
      if (this.#behind !== 'all') this.#behind.add(lane);
      return job;
    }
    this.#lanes.take(lane, 1);
    return { ...job, claimedUntil: now + this.#lease() };
  }

  #take({ spent = 0, claimedUntil = 0, ...job }: Job): void {
    const isLate = this.#parts.clock.now() > claimedUntil - this.#lease() + LATE;
    if (!isLate) {
      this.#run({ ...job, attempts: spent + 1, tries: 1 });
      return;
    }
    this.#lanes.take(job.lane ?? '', -1);
    this.#wakeBehind();
  }

  /** Lets jobs run again at once whose end could not be saved; as tried, because they may have been. */
  async #handBack(): Promise<void> {
    const { jobs, clock } = this.#parts;
    for (let job = this.#unended[0]; job !== undefined; job = this.#unended[0]) {
      await jobs.postpone(job, clock.now());
      this.#unended.shift();
    }
  }

  #backOff(error: unknown): void {
    const { clock, log } = this.#parts;
    if (this.#failures === 0) {
      const level = isUnavailable(error) ? 'warn' : 'error';
      log[level]('claiming jobs failed', { error: messageOf(error) });
    }
    const wait = AFTER_FAILURE * 2 ** Math.min(this.#failures, 10);
    this.#failures += 1;
    this.wakeBy(clock.now() + Math.min(wait, this.#poll));
  }

  #recovered(): void {
    if (this.#failures === 0) return;
    this.#parts.log.info('claiming jobs again', { failures: this.#failures });
    this.#failures = 0;
  }

  #run(job: ClaimedJob): void {
    const { runner } = this.#parts;
    const work = runner
      .run(job)
      .catch((error: unknown) => this.#failed(job, error))
      .finally(() => {
        this.#running.delete(work);
        this.#lanes.take(job.lane ?? '', -1);
        this.#wakeBehind();
      });
    this.#running.add(work);
  }

  /**
   * A job could not be run at all, by a defect or because the store failed. It is handed back once the
   * store is there again; else its lease ends by itself, and it comes again with a higher token. In the
   * end it is an incident.
   */
  async #failed(job: ClaimedJob, error: unknown): Promise<void> {
    const { runner, log } = this.#parts;
    if (isUnavailable(error)) {
      this.#unended.push(job);
      this.wake();
      return;
    }
    const facts = { job: job.id, kind: job.kind, tries: job.tries };
    log.error('a job failed to run', { ...facts, error: messageOf(error) });
    if (job.tries < MOST_TRIES) return;
    const text = error instanceof Error ? error.message : String(error);
    const message = `It could not be run in ${job.tries} tries: ${text}`;
    await runner.giveUp(job, { code: 'cannot-run', message }).catch((failure: unknown) => {
      log.error('a job could not be given up', { ...facts, error: messageOf(failure) });
    });
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof TrellisError && error.code === 'database-unavailable';
}

function messageOf(error: unknown): string {
  if (error instanceof TrellisError) {
    const reason = error.data['reason'];
    return `${error.code}: ${typeof reason === 'string' ? reason : error.message}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
