import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Reply } from './client.ts';
import { storedKey } from './client.ts';
import type { Acknowledged } from './records.ts';

/** What customers share. */
export interface Town {
  readonly client: Client;
  readonly tokenId: string;
  readonly random: () => number;
  readonly acknowledge: (one: Acknowledged) => void;
  /** Nothing more is to be begun. */
  readonly isClosing: () => boolean;
  /** What has not come to its end by now is left as it is. */
  readonly isOver: () => boolean;
}

/** Milliseconds between two looks at a case. */
const LOOK = 150;
/** How often a case is marked at most. */
const MARKS = 20;
/** The places in which a case has nothing for its customer to do any more. */
const LEFT = new Set(['billing', 'stamping', 'delivered']);

/** Brings one parcel on its way, and sees to it that it gets to its end. */
export class Customer {
  readonly #town: Town;
  readonly #slip: string;
  #id = '';
  #marks = 0;
  #rests = 0;

  constructor(town: Town, slip: string) {
    this.#town = town;
    this.#slip = slip;
  }

  async run(): Promise<void> {
    const { random } = this.#town;
    const isEarly = random() < 0.3;
    if (isEarly) await this.#message();
    if (!(await this.#start())) return;
    if (!isEarly) await this.#message();
    while (!this.#town.isOver()) {
      const place = await this.#place();
      if (LEFT.has(place)) return;
      if (place === 'resting') await this.#rest();
      if (place === 'sorting') {
        if (!(await this.#task())) return;
        continue;
      }
      for (let marks = Math.floor(random() * 5); marks > 0; marks -= 1) await this.#mark();
      await pause(LOOK * (0.5 + random()));
    }
  }

  /** Answers whether it was taken. */
  async #start(): Promise<boolean> {
    const { client, random } = this.#town;
    const key = `start-${this.#slip}`;
    const path = '/api/workflows/parcel/cases';
    const send = (slip: string): Promise<Reply> =>
      client.api(path, key, { data: { parcel: { slip } } });
    const reply = await send(this.#slip);
    this.#note('start', this.#stored(key), reply);
    const { id } = reply.answer as { readonly id?: string };
    if (id === undefined) return false;
    this.#id = id;
    if (random() < 0.3) this.#note('start', this.#stored(key), await send(this.#slip));
    if (random() < 0.1) this.#note('reuse', this.#stored(key), await send(`${this.#slip}-other`));
    return true;
  }

  async #message(): Promise<void> {
    const { client, random } = this.#town;
    const id = `m-${this.#slip}`;
    const times = random() < 0.3 ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.#note('message', `carrier/${id}`, await client.message(id, { slip: this.#slip }));
    }
  }

  async #mark(): Promise<void> {
    const { client, random, isClosing } = this.#town;
    if (this.#marks >= MARKS || isClosing()) return;
    this.#marks += 1;
    const key = `mark-${this.#slip}-${this.#marks}`;
    const note = this.#stored(key);
    const path = `/api/cases/${this.#id}/events/mark`;
    const times = random() < 0.1 ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.#note('mark', note, await client.api(path, key, { form: { note } }));
    }
  }

  /** Some rest once more: the first timer must then not fire. */
  async #rest(): Promise<void> {
    const { client, random } = this.#town;
    if (this.#rests >= 2 || random() > 0.5) return;
    this.#rests += 1;
    const key = `again-${this.#slip}-${this.#rests}`;
    const path = `/api/cases/${this.#id}/events/again`;
    this.#note('again', this.#stored(key), await client.api(path, key, {}));
  }

  /** Answers whether it is done. */
  async #task(): Promise<boolean> {
    const { client } = this.#town;
    const id = `${this.#id}/sorting/1`;
    const path = `/tasks/${encodeURIComponent(id)}`;
    await client.form(`${path}/claim`, {});
    const fields = { '/$form/note': this.#slip, '#outcome': 'sorted' };
    const reply = await client.form(`${path}?step=page-1`, fields);
    this.#note('task', id, { ...reply, answer: null });
    // 409: it was completed before, and the answer was lost.
    return reply.status === 303 || reply.status === 409;
  }

  async #place(): Promise<string> {
    const { answer } = await this.#town.client.see(this.#id);
    const { states = [] } = answer as { readonly states?: readonly string[] };
    return states[0] ?? 'delivered';
  }

  #stored(key: string): string {
    return storedKey(this.#town.tokenId, key);
  }

  #note(kind: Acknowledged['kind'], key: string, reply: Reply): void {
    this.#town.acknowledge({ kind, key, slip: this.#slip, ...reply });
  }
}

/** So many customers at a time, one after the other, until the town closes. */
export async function runCustomers(town: Town, count: number): Promise<void> {
  let begun = 0;
  const one = async (): Promise<void> => {
    while (!town.isClosing()) {
      begun += 1;
      await new Customer(town, `S-${begun}`).run();
    }
  };
  await Promise.all(Array.from({ length: count }, one));
}
