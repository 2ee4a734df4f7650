import type { HearEffect, Visit } from '../effects.ts';
import type { JsonObject } from '../json.ts';
import type { Refusal } from '../transition/step-result.ts';

/** A message that came in, under the key that it is told by. */
export interface KeptMessage {
  readonly name: string;
  readonly key: string;
  readonly body: JsonObject;
  /** When it came, epoch milliseconds. */
  readonly at: number;
}

/** A case that waits, whatever the stage keeps of it. */
export interface Waiting<C> {
  readonly of: C;
  readonly wait: Visit & {
    readonly messages: readonly string[];
    readonly key: string;
    /** What came before (epoch milliseconds) is too old. */
    readonly notBefore: number;
  };
}

/** A message on its way to whoever waits for it. */
export interface Delivery<C> {
  readonly to: Waiting<C>;
  readonly message: KeptMessage;
}

/** Brings messages and those who wait for them together, in the order in which they came. */
export class Post<C> {
  readonly #messages: KeptMessage[] = [];
  readonly #waiting: Waiting<C>[] = [];

  keep(message: KeptMessage): void {
    this.#messages.push(message);
  }

  await(waiting: Waiting<C>): void {
    this.#waiting.push(waiting);
  }

  /** From now on this case hears these messages under `on`, and no others. */
  listen(of: C, { number, messages }: HearEffect): void {
    this.forget((waiting) => waiting.of === of && waiting.wait.state === '');
    for (const { message, key, notBefore } of messages) {
      const wait = { state: '', visit: number, messages: [message], key, notBefore };
      this.await({ of, wait });
    }
  }

  /** What came too late is kept for the next; whoever cannot take a message waits for another. */
  refuse({ to, message }: Delivery<C>, code: Refusal['code']): void {
    if (code === 'stale') this.keep(message);
    else if (to.wait.state !== '') this.await(to);
  }

  /** Those that match wait no longer. */
  forget(matches: (waiting: Waiting<C>) => boolean): void {
    removeWhere(this.#waiting, matches);
  }

  /** Takes out the messages that somebody waits for. */
  match(): readonly Delivery<C>[] {
    // A state that waits for a message comes before those around it that only hear it.
    const inOrder = [...this.#waiting].sort(
      (a, b) => Number(a.wait.state === '') - Number(b.wait.state === ''),
    );
    return inOrder.flatMap((to) => {
      const { wait } = to;
      const message = this.#messages.find(
        ({ name, key, at }) =>
          wait.messages.includes(name) && key === wait.key && at >= wait.notBefore,
      );
      if (message === undefined) return [];
      removeWhere(this.#messages, (one) => one === message);
      // What waits in a state hears once, however soon the next message comes.
      if (wait.state !== '') removeWhere(this.#waiting, (one) => one === to);
      return [{ to, message }];
    });
  }
}

/** Takes out of a list what matches. */
export function removeWhere<T>(list: T[], matches: (one: T) => boolean): void {
  const kept = list.filter((one) => !matches(one));
  list.splice(0, list.length, ...kept);
}
