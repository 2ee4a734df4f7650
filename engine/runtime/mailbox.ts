import type { CaseEvent } from '../kernel/event.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeptMessage, Messages } from '../ports/jobs.ts';
import type { InboundMessage } from '../ports/message.ts';
import type { Log } from '../ports/log.ts';
import type { Subscription } from '../ports/step.ts';
import { answerEvent } from './answer-event.ts';
import { SYSTEM } from './draft.ts';
import type { GrantGate } from './grants/grant-gate.ts';
import type { MessageStarts, Unbegun } from './message-starts.ts';
import { openMessageIncident } from './incidents.ts';
import type { GivenUp } from './incidents.ts';
import type { Steps } from './steps.ts';
import { Turns } from './turns.ts';

/** A message that could not begin a case. */
export interface UnbegunMessage {
  readonly message: InboundMessage;
  /** Empty where it could begin now. */
  readonly why: readonly Unbegun[];
}

interface Parts {
  readonly messages: Messages;
  readonly steps: Steps;
  readonly starts: MessageStarts;
  readonly grants: Pick<GrantGate, 'keepsFrom'>;
  readonly clock: Clock;
  readonly log: Log;
}

const NONE: ReadonlySet<string> = new Set();

/** How many names and keys are matched in one sweep. */
const SWEEP = 500;

/**
 * Brings messages and the cases that wait for them together. A message that a case waits for already
 * is stored by the step that takes it. Else both sides are stored before the other is looked for, so
 * that whichever comes second finds the first; a sweep finds what a stop between the two left lying.
 */
export class Mailbox {
  readonly #parts: Parts;
  readonly #turns = new Turns();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Hands a message to the case that waits for it, or stores it, begins cases with it and hands it
   * over then; one known already is not stored again. Answers after it is durable.
   */
  async receive(message: InboundMessage): Promise<void> {
    if (await this.#isTakenAtOnce(message)) return;
    await this.#parts.messages.receive(message);
    await this.match(message.name, message.key);
  }

  /** The kept messages that could not begin a case, and why they cannot now. */
  async unbegun(limit: number): Promise<readonly UnbegunMessage[]> {
    const { messages, starts, clock } = this.#parts;
    const now = clock.now();
    const found = await messages.refused(now, limit);
    return Promise.all(
      found.map(async (message) => ({ message, why: await starts.whyNot(message, now) })),
    );
  }

  /**
   * Offers a message again that could not begin a case; what it has begun does not begin again. Answers
   * whether there was still such a message.
   */
  async offerAgain(id: string): Promise<boolean> {
    const { messages, clock } = this.#parts;
    const found = (await messages.refused(clock.now(), SWEEP)).find((one) => one.id === id);
    if (found === undefined || !(await messages.again(id))) return false;
    await this.match(found.name, found.key);
    return true;
  }

  /**
   * Begins cases with the kept messages of a name and key that have begun none yet, and then hands them
   * to the cases that wait for them: what is handed over is not kept any longer, and could begin none.
   */
  async match(name: string, key: string): Promise<void> {
    // In turns: both sides look for each other, and the second would find what the first hands over.
    await this.#turns.take(`${name}\n${key}`, async () => {
      const isStart = await this.#parts.starts.isStart(name);
      if (isStart) await this.#begin(name, key);
      await this.#match(name, key, isStart);
    });
  }

  /** Lets a case take a message in one step with storing it. Answers whether one did. */
  async #isTakenAtOnce(message: InboundMessage): Promise<boolean> {
    const { messages, steps, starts, grants, clock } = this.#parts;
    const { name, key, receivedAt } = message;
    if (message.expiresAt <= clock.now() || (await starts.isStart(name))) return false;
    return this.#turns.take(`${name}\n${key}`, async () => {
      const [kept, waiting] = await Promise.all([
        messages.kept(name, key, clock.now()),
        messages.waiting(name, key),
      ]);
      const first = inOrder(waiting).find(({ notBefore }) => notBefore <= receivedAt);
      // What came before it goes first.
      if (kept.length > 0 || first === undefined) return false;
      if ((await grants.keepsFrom(first.caseId, name)) !== undefined) return false;
      const end = await steps.take(first.caseId, (loaded, now) =>
        answerEvent(loaded, eventOf(message, first), SYSTEM, now, { receive: [message] }),
      );
      return end.kind === 'saved';
    });
  }

  async #begin(name: string, key: string): Promise<void> {
    const { messages, starts } = this.#parts;
    for (const message of await this.#fresh(name, key)) {
      const heardBy = await this.#heardBy(message);
      // Looked for again: what another host has handed over meanwhile was heard by who no longer waits.
      const isFresh = (await this.#fresh(name, key)).some(({ id }) => id === message.id);
      if (!isFresh) continue;
      const isBegun = await starts.begin(message, heardBy);
      await messages.offered(message.id, isBegun ? 'begun' : 'refused');
    }
  }

  async #fresh(name: string, key: string): Promise<readonly KeptMessage[]> {
    const { messages, clock } = this.#parts;
    const kept = await messages.kept(name, key, clock.now());
    return kept.filter(({ offered }) => offered !== true);
  }

  /** The workflows of which a case waits for a message, or hears it. */
  async #heardBy({ name, key, receivedAt }: InboundMessage): Promise<ReadonlySet<string>> {
    const { messages, steps } = this.#parts;
    const waiting = (await messages.waiting(name, key)).filter(
      ({ notBefore }) => notBefore <= receivedAt,
    );
    const cases = await Promise.all(waiting.map(({ caseId }) => steps.load(caseId)));
    return new Set(cases.map(({ stored }) => stored.workflow));
  }

  async #match(name: string, key: string, isStart: boolean): Promise<void> {
    const { messages, starts, clock } = this.#parts;
    const kept = await messages.kept(name, key, clock.now());
    for (const message of kept) {
      // It came after the others had begun, by another host, which begins and hands over this one too.
      if (isStart && message.offered !== true) continue;
      const waiting = inOrder(await messages.waiting(name, key));
      const begun = message.offered === true ? await starts.begunBy(message) : NONE;
      for (const subscription of waiting) {
        if (message.receivedAt < subscription.notBefore || begun.has(subscription.caseId)) continue;
        if (await this.#deliver(message, subscription)) break;
      }
    }
  }

  /** Hands over what lies unmatched, and removes what expired. */
  async sweep(): Promise<void> {
    const { messages, starts, clock } = this.#parts;
    await messages.expire(clock.now());
    const missed = await messages.unmatched(clock.now(), SWEEP);
    for (const { name, key } of missed) {
      await this.#missed(name, key, () => this.match(name, key));
    }
    for (const starting of await starts.names()) {
      for (const { name, key } of await messages.unoffered(starting, clock.now(), SWEEP)) {
        await this.#missed(name, key, () => this.match(name, key));
      }
    }
  }

  /** What fails for one name and key does not keep the others from being handed over. */
  async #missed(name: string, key: string, handOver: () => Promise<void>): Promise<void> {
    try {
      await handOver();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#parts.log.error('a message could not be handed over', {
        message: name,
        key,
        error: text,
      });
    }
  }

  async #deliver(message: InboundMessage, subscription: Subscription): Promise<boolean> {
    const { caseId } = subscription;
    const kept = await this.#parts.grants.keepsFrom(caseId, message.name);
    if (kept !== undefined) {
      await this.#giveUp(message, subscription, kept);
      return true;
    }
    const end = await this.#parts.steps.take(caseId, (loaded, now) =>
      answerEvent(loaded, eventOf(message, subscription), SYSTEM, now, { consume: [message.id] }),
    );
    if (end.kind !== 'refused') return end.kind === 'saved' || end.kind === 'taken';
    if (end.code === 'stale') return false;
    await this.#giveUp(message, subscription, end);
    return true;
  }

  async #giveUp(
    message: InboundMessage,
    subscription: Subscription,
    { code, message: text }: GivenUp,
  ): Promise<void> {
    const { caseId } = subscription;
    this.#parts.log.warn('incident', { case: caseId, message: message.name, code });
    const why = { code, message: text };
    await this.#parts.steps.note(caseId, (stored, now) =>
      openMessageIncident(stored, subscription, message, why, now),
    );
  }
}

function eventOf({ name, body }: InboundMessage, { state, visit }: Subscription): CaseEvent {
  return { kind: 'message', state, visit, name, body };
}

/** A state that waits for a message comes before those that only hear it under `on`. */
function inOrder(waiting: readonly Subscription[]): readonly Subscription[] {
  return [...waiting].sort((a, b) => Number(a.state === '') - Number(b.state === ''));
}
