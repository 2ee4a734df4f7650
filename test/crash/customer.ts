import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Reply } from './client.ts';
import { storedKey } from './client.ts';
import { startByForm } from './form-start.ts';
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
    if (random() < 0.25) {
      const { key, reply } = await startByForm(client, this.#slip, random() < 0.3);
      return this.#begun(key, reply);
    }
    const key = `start-${this.#slip}`;
    const path = '/api/workflows/parcel/cases';
    const send = (slip: string): Promise<Reply> =>
      client.api(path, key, { data: { parcel: { slip } } });
    if (!this.#begun(this.#stored(key), await send(this.#slip))) return false;
    if (random() < 0.3) this.#note('start', this.#stored(key), await send(this.#slip));
    if (random() < 0.1) this.#note('reuse', this.#stored(key), await send(`${this.#slip}-other`));
    return true;
  }

  #begun(key: string, reply: Reply): boolean {
    this.#note('start', key, reply);
    const { id } = reply.answer as { readonly id?: string };
    this.#id = id ?? '';
    return id !== undefined;
  }

  async #message(): Promise<void> {
    const { client, random } = this.#town;
    const body = { slip: this.#slip };
    const id = `m-${this.#slip}`;
    const times = random() < 0.3 ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.#note('message', `carrier/${id}`, await client.message('delivered', id, body));
    }
    if (random() > 0.3) return;
    const seen = `s-${this.#slip}`;
    for (let time = 0; time < times; time += 1) {
      this.#note('sighting', `carrier/${seen}`, await client.message('seen', seen, body));
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
    const { status, answer, at } = reply;
    this.#town.acknowledge({ kind, key, slip: this.#slip, status, answer, at });
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
