import type { Ground, Host } from './host.ts';
import { startHost } from './host.ts';

/** The most hosts at once. */
const HOSTS = 2;
/** Longer than three leases, in milliseconds. */
const FROZEN = 100_000;
const HOUR = 60 * 60 * 1000;
/** By how much the clocks of two hosts differ, at most. */
const SKEW = 2_000;

/** Starts hosts, and kills and freezes them, and sets their clocks, where it hurts. */
export class Nemesis {
  readonly #ground: Ground;
  readonly #frozen = new Set<Host>();
  #hosts: Host[] = [];
  #count = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
    for (let count = 1; count <= HOSTS; count += 1) this.#start();
  }

  /** One of the hosts, perhaps one that is frozen; nobody can tell from outside. */
  someHost(): Host | undefined {
    return this.#hosts[this.#ground.random.below(this.#hosts.length)];
  }

  /** Does something to the hosts. */
  strike(): void {
    const { random, scheduler, clock } = this.#ground;
    const host = this.someHost();
    const way = random.below(7);
    if (host === undefined || (way <= 1 && this.#hosts.length < HOSTS)) {
      this.#start();
    } else if (way <= 3) {
      scheduler.note(`${host.name} is killed`);
      this.#hosts = this.#hosts.filter((one) => one !== host);
      this.#frozen.delete(host);
      host.kill();
    } else if (way === 4) {
      scheduler.note(`${host.name} is frozen`);
      this.#frozen.add(host);
      scheduler.freeze(host.name);
      clock.at(clock.now() + FROZEN, () => {
        this.#thaw(host);
      });
    } else {
      const ms = way === 5 ? (random.chance(0.5) ? 2 : -2) * HOUR : random.below(SKEW);
      scheduler.note(`${host.name} sets its clock by ${ms}`);
      host.shift(ms);
    }
  }

  /** Leaves off: everything runs, and nothing happens to it any more. */
  relent(): void {
    for (const host of this.#frozen) this.#thaw(host);
    if (this.#hosts.length === 0) this.#start();
  }

  /** Ends all hosts. */
  end(): void {
    for (const host of this.#hosts) host.kill();
  }

  #start(): void {
    const { random, scheduler } = this.#ground;
    this.#count += 1;
    const name = `host ${this.#count}`;
    scheduler.note(`${name} starts`);
    this.#hosts.push(startHost(name, this.#ground, random.below(SKEW)));
  }

  #thaw(host: Host): void {
    if (!this.#frozen.delete(host)) return;
    this.#ground.scheduler.note(`${host.name} goes on`);
    this.#ground.scheduler.thaw(host.name);
  }
}
