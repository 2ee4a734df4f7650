import type { InboundMessage } from '../ports/message.ts';
import type { Log } from '../ports/log.ts';
import { begin } from '../kernel/transition/begin.ts';
import type { Catalogue } from './catalogue.ts';
import { momentOf } from './catalogue.ts';
import { derivedId } from './derived-id.ts';
import { SYSTEM } from './draft.ts';
import type { GrantGate } from './grants/grant-gate.ts';
import type { InForce } from './in-force.ts';
import { startsOf, stoodAt } from './standing-starts.ts';
import type { StandingStart } from './standing-starts.ts';
import type { Starter } from './starter.ts';

interface Parts {
  readonly starter: Pick<Starter, 'byItself'>;
  readonly catalogue: Catalogue;
  readonly inForce: Pick<InForce, 'current'>;
  readonly grants: Pick<GrantGate, 'keepsFromBeginning'>;
  readonly log: Log;
}

/** A workflow of which a message cannot begin a case, and why. */
export interface Unbegun {
  readonly workflow: string;
  readonly why: string;
}

/** Begins cases by messages, in every workflow that starts by them. */
export class MessageStarts {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Tells whether any newest version starts by messages of a name. */
  async isStart(name: string): Promise<boolean> {
    return (await this.#startingBy(name)).length > 0;
  }

  /** The messages by which cases begin, as the newest versions say. */
  async names(): Promise<readonly string[]> {
    const starts = await startsOf('message', 'message', this.#parts);
    return [...new Set(starts.map(({ start }) => start.message))];
  }

  /**
   * Begins a case of every workflow that starts by a message, once however often it is asked, but for
   * those of which a case hears it. Answers whether all of them could begin.
   */
  async begin(message: InboundMessage, heardBy: ReadonlySet<string>): Promise<boolean> {
    let isBegun = true;
    for (const one of await this.#startedBy(message)) {
      if (heardBy.has(one.definition.published.name)) continue;
      isBegun = (await this.#beginOne(one, message)) && isBegun;
    }
    return isBegun;
  }

  /** Says why a message cannot begin cases, by the workflows' newest versions; nothing begins. */
  async whyNot(message: InboundMessage, now: number): Promise<readonly Unbegun[]> {
    const starts = await this.#startedBy(message);
    const found = starts.map(async ({ definition, start }): Promise<readonly Unbegun[]> => {
      const { compiled, core, published } = definition;
      const kept = await this.#parts.grants.keepsFromBeginning(definition, message.name);
      if (kept !== undefined) return [{ workflow: published.name, why: kept.message }];
      const beginning = { kind: 'message', start: start.name, body: message.body } as const;
      const nobody = { id: message.id, reference: '', starter: SYSTEM };
      const end = begin(compiled, nobody, beginning, momentOf(core, now));
      return end.kind === 'refused' ? [{ workflow: published.name, why: end.message }] : [];
    });
    return (await Promise.all(found)).flat();
  }

  /** The starts that a message is for, as they were when it came. */
  async #startedBy(message: InboundMessage): Promise<readonly StandingStart<'message'>[]> {
    const { catalogue } = this.#parts;
    const found: StandingStart<'message'>[] = [];
    for (const one of await this.#startingBy(message.name)) {
      if (await stoodAt(one, message.receivedAt, catalogue)) found.push(one);
    }
    return found;
  }

  /** The ids of the cases that a message begins, or has begun: it is not for them to hear. */
  async begunBy(message: InboundMessage): Promise<ReadonlySet<string>> {
    const starting = await this.#startingBy(message.name);
    return new Set(starting.map((one) => idOf(one, message)));
  }

  async #beginOne(one: StandingStart<'message'>, message: InboundMessage): Promise<boolean> {
    const { starter, grants, log } = this.#parts;
    const { definition, start } = one;
    const { id, name, body } = message;
    const kept = await grants.keepsFromBeginning(definition, name);
    if (kept !== undefined) {
      const { name: workflow } = definition.published;
      log.warn('a message may not begin a case', { message: id, workflow, why: kept.message });
      return false;
    }
    const end = await starter.byItself(
      definition,
      { kind: 'message', start: start.name, body },
      { id: idOf(one, message) },
    );
    if (end.kind !== 'refused') return true;
    const { code, message: why } = end;
    const workflow = definition.published.name;
    log.error('a message could not begin a case', { message: id, workflow, code, why });
    return false;
  }

  async #startingBy(name: string): Promise<readonly StandingStart<'message'>[]> {
    const starts = await startsOf('message', name, this.#parts);
    return starts.filter(({ start }) => start.message === name);
  }
}

/** Neither a crash nor another host begins a second one: it would have the same id. */
function idOf({ definition, start }: StandingStart<'message'>, { id }: InboundMessage): string {
  return derivedId(`${id}\n${definition.published.name}\n${start.name}`);
}
