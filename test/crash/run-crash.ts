import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../until.ts';
import { checkPromises } from './check-promises.ts';
import { Client } from './client.ts';
import { runCustomers } from './customer.ts';
import type { Town } from './customer.ts';
import { FAULT_POINTS } from './fault-points.ts';
import type { Broken } from './promises/broken.ts';
import { randomness } from './randomness.ts';
import { countUnderWay, historyFaults, readRows } from './read-rows.ts';
import type { Acknowledged, Records } from './records.ts';
import type { Scene, SceneSettings, Slot } from './scene.ts';
import { withScene } from './scene.ts';

export interface CrashSettings extends Omit<SceneSettings, 'random'> {
  readonly kills: number;
  /** How often a host is stopped for three leases and goes on; needs a `lease`. (Default: 0) */
  readonly freezes?: number;
  readonly seed: number;
  /** The steps that are acknowledged before each kill, at least. (Default: 20) */
  readonly each?: number;
  /**
   * Milliseconds that steps may take to be acknowledged, and what is under way to come to its end
   * after the last kill. (Default: 60,000)
   */
  readonly patience?: number;
  /**
   * Milliseconds in which a host comes to the point at which it is to die; else it is killed where it
   * is. (Default: 400)
   */
  readonly soon?: number;
  /** The clocks of hosts are wrong, and set again and again; needs a `url`. (Default: they are right) */
  readonly wrongClocks?: boolean;
  /** Is told of each kill. */
  readonly progress?: (line: string) => void;
}

/** What a run came to. */
export interface CrashReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Effects that reached the other side, each counted once. */
  readonly effects: number;
  readonly cases: number;
  /** The named points at which a host has died. */
  readonly points: readonly string[];
  /** The fewest steps that were acknowledged between two kills. */
  readonly fewest: number;
  /** Requests that were answered 500: none may be. */
  readonly failures: number;
  readonly broken: readonly Broken[];
  readonly seconds: number;
}

const CUSTOMERS = 20;
const PATIENCE = 60_000;
const SOON = 400;

/** Milliseconds by which a wrong clock is ahead. */
const AHEAD = [7_200_000, -7_200_000, 0];

/** Kills hosts under load, lets what is under way come to its end, and checks what was promised. */
export async function runCrash(settings: CrashSettings): Promise<CrashReport> {
  const begun = performance.now();
  const random = randomness(settings.seed);
  return withScene({ ...settings, random }, async (scene) => {
    const run = new Run(scene, settings, random);
    const records = await run.records();
    return { ...run.figures(records), seconds: (performance.now() - begun) / 1000 };
  });
}

/** Where a host freezes: with jobs, an answer or a step in its hands. */
const FREEZING = ['after connectors.call', 'before cases.commit', 'after jobs.claim'];

class Run {
  readonly #scene: Scene;
  readonly #settings: CrashSettings;
  readonly #random: () => number;
  readonly #acknowledged: Acknowledged[] = [];
  readonly #points = new Set<string>();
  readonly #leftBehind: { readonly kill: number; readonly message: string }[] = [];
  #fewest = Infinity;
  #failures = 0;
  /** Steps are acknowledged no more. */
  #isStuck = false;
  #isClosing = false;
  #isOver = false;

  constructor(scene: Scene, settings: CrashSettings, random: () => number) {
    this.#scene = scene;
    this.#settings = settings;
    this.#random = random;
  }

  async records(): Promise<Records> {
    const { slots, token, tokenId, person } = this.#scene;
    const from = Date.now();
    const isOver = (): boolean => this.#isOver;
    const hosts = slots.map(({ origin }) => ({ origin, cookie: '' }));
    const client = new Client({ hosts, token, random: this.#random, isOver });
    await Promise.all(slots.map((slot) => slot.open(this.#ahead())));
    await client.signIn(person.email, person.password);
    const town: Town = {
      ...{ client, tokenId, isOver, random: this.#random },
      acknowledge: (one) => this.#acknowledged.push(one),
      isClosing: () => this.#isClosing,
    };
    const customers = runCustomers(town, CUSTOMERS).catch((error: unknown) => {
      // Whoever still waits for an answer when all is over gets none.
      if (!this.#isOver) throw error;
    });
    const killing = async (): Promise<void> => {
      const { kills, freezes = 0 } = this.#settings;
      for (let freeze = 1; freeze <= freezes && !this.#isStuck; freeze += 1) {
        await this.#freeze(freeze);
      }
      for (let kill = 1; kill <= kills && !this.#isStuck; kill += 1) await this.#kill(kill);
      await this.#finish(customers);
    };
    await Promise.all([killing(), customers]);
    await client.close();
    this.#failures = client.failures;
    const { endpoint, database } = this.#scene;
    return {
      acknowledged: this.#acknowledged,
      called: endpoint.log,
      stored: await readRows(database),
      held: await this.#scene.held(),
      leftBehind: this.#leftBehind,
      span: { from, until: Date.now() },
    };
  }

  figures(records: Records): Omit<CrashReport, 'seconds'> {
    const { called, acknowledged, stored } = records;
    const effects = called.filter(({ operation }) => operation !== 'findBill');
    return {
      kills: this.#settings.kills,
      acknowledged: acknowledged.filter(({ status }) => status < 400).length,
      effects: new Set(effects.map(({ key }) => key)).size,
      cases: stored.cases.length,
      points: [...this.#points],
      fewest: this.#fewest,
      failures: this.#failures,
      broken: checkPromises(records),
    };
  }

  /** Lets a host acknowledge some steps, kills it and begins the next. */
  async #kill(number: number): Promise<void> {
    const { kills, progress } = this.#settings;
    if (number === Math.ceil(kills / 2)) await this.#scene.changeParcels();
    const slot = await this.#afterSome();
    const how = await this.#end(slot, number);
    progress?.(`kill ${number} of ${kills}: ${how}`);
    if (slot.host.errors !== '') progress?.(slot.host.errors);
    for (const message of await historyFaults(this.#scene.database)) {
      this.#leftBehind.push({ kill: number, message });
    }
    await slot.open(this.#ahead());
    if (this.#settings.wrongClocks !== true) return;
    // The others go on with a clock that was set.
    for (const { host } of this.#scene.slots)
      host.tell({ kind: 'set clock', ahead: this.#ahead() });
  }

  /** By how much a clock that is set now is ahead. */
  #ahead(): number {
    if (this.#settings.wrongClocks !== true) return 0;
    return AHEAD[Math.floor(this.#random() * AHEAD.length)] ?? 0;
  }

  /** Stops a host with work in its hands for longer than it may have it, and lets it go on. */
  async #freeze(number: number): Promise<void> {
    const { lease = 0, freezes, progress } = this.#settings;
    const { host } = await this.#afterSome();
    const point = FREEZING[number % FREEZING.length] ?? '';
    const nth = 1 + Math.floor(this.#random() * 3);
    host.tell({ kind: 'arm', point, nth, signal: 'SIGSTOP' });
    await pause(SOON + 3 * lease);
    host.signal('SIGCONT');
    progress?.(`freeze ${number} of ${freezes ?? 0}: ${point}`);
  }

  /** One of the hosts, after some more steps were acknowledged. */
  async #afterSome(): Promise<Slot> {
    const { each = 20, patience = PATIENCE } = this.#settings;
    const { slots } = this.#scene;
    const slot = slots[Math.floor(this.#random() * slots.length)];
    if (slot === undefined) throw new Error('There are no hosts.');
    const before = this.#acknowledged.length;
    const late = AbortSignal.timeout(patience);
    const isEnough = (): boolean => slot.host.isDead || this.#acknowledged.length >= before + each;
    await until('acknowledged steps', () => late.aborted || isEnough(), 2 * patience);
    this.#isStuck = !isEnough();
    this.#fewest = Math.min(this.#fewest, this.#acknowledged.length - before);
    return slot;
  }

  /** Two of three die at one of the named points, in turn; the others at any time. */
  async #end({ host }: Slot, number: number): Promise<string> {
    const point = FAULT_POINTS[number % FAULT_POINTS.length];
    if (this.#random() < 1 / 3 || point === undefined) {
      await pause(this.#random() * 30);
      await host.kill();
      return 'at any time';
    }
    host.tell({ kind: 'arm', point, nth: 1 + Math.floor(this.#random() * 3), signal: 'SIGKILL' });
    const isThere = await host.hasEnded(this.#settings.soon ?? SOON);
    await host.kill();
    if (isThere) this.#points.add(point);
    return isThere ? point : `${point} (not reached)`;
  }

  /** Begins no more, and waits until all has come to its end, or for as long as patience lasts. */
  async #finish(customers: Promise<unknown>): Promise<void> {
    const { patience = PATIENCE } = this.#settings;
    this.#isClosing = true;
    const late = AbortSignal.timeout(patience);
    late.addEventListener('abort', () => {
      this.#isOver = true;
    });
    await customers;
    while (!this.#isOver && (await countUnderWay(this.#scene.database)) > 0) await pause(100);
    this.#isOver = true;
    for (const { host } of this.#scene.slots) host.tell({ kind: 'stop' });
    await Promise.all(this.#scene.slots.map(({ host }) => host.hasEnded(10_000)));
  }
}
