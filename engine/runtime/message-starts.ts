import type { JsonObject } from '../kernel/json.ts';
import type { InboundMessage } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedJob, Job } from '../ports/step.ts';
import type { Catalogue } from './catalogue.ts';
import { derivedId } from './derived-id.ts';
import type { GivenUp } from './incidents.ts';
import { onlyCaseOf } from './only-case.ts';
import { objectIn, textIn } from './payload.ts';
import { startsOf, stoodAt } from './standing-starts.ts';
import type { StandingStart } from './standing-starts.ts';
import type { Starter } from './starter.ts';

interface Parts {
  readonly starter: Starter;
  readonly catalogue: Catalogue;
  readonly log: Log;
}

/** Begins cases by the messages that no case waits for. */
export class MessageStarts {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The messages by which cases begin, as the newest versions say. */
  async names(): Promise<readonly string[]> {
    return [...new Set((await this.#all()).map(({ start }) => start.message))];
  }

  /**
   * Begins a case of every workflow that starts by a message, once however often it is asked. The first
   * case is saved with the message, and with jobs that begin the others.
   */
  async begin(message: InboundMessage): Promise<void> {
    const starting: Starting[] = [];
    for (const one of await this.#all()) {
      if (one.start.message !== message.name) continue;
      if (await stoodAt(one, message.receivedAt, this.#parts.catalogue)) starting.push(one);
    }
    for (const [index, one] of starting.entries()) {
      if (await this.#beginFirst(one, message, starting.slice(index + 1))) return;
    }
  }

  /** Begins the case of a workflow that was not the first to take a message. */
  async run(job: ClaimedJob): Promise<GivenUp | 'finished' | 'finish'> {
    const { starter, catalogue } = this.#parts;
    const definition = await catalogue.newest(textIn(job, 'workflow'));
    const start = textIn(job, 'start');
    const end = await starter.byItself(
      definition,
      { kind: 'message', start, body: objectIn(job, 'body') },
      { id: derivedId(job.id), finishJob: { id: job.id, attempts: job.attempts } },
    );
    if (end.kind === 'refused') return { code: end.code, message: end.message };
    return end.kind === 'saved' || end.kind === 'fenced' ? 'finished' : 'finish';
  }

  /** Tells whether the message is dealt with. */
  async #beginFirst(
    { definition, start }: Starting,
    { id, body }: InboundMessage,
    others: readonly Starting[],
  ): Promise<boolean> {
    const { starter, log } = this.#parts;
    const { name } = definition.published;
    const caseId = derivedId(`${id}\n${name}\n${start.name}`);
    const end = await starter.byItself(
      definition,
      { kind: 'message', start: start.name, body },
      { id: caseId, consume: [id], addJobs: others.map((one, n) => jobFor(one, caseId, n, body)) },
    );
    if (end.kind === 'refused') {
      const { code, message } = end;
      log.error('a message could not begin a case', {
        message: id,
        workflow: name,
        code,
        why: message,
      });
    }
    return end.kind !== 'refused' && onlyCaseOf(end) === undefined;
  }

  async #all(): Promise<readonly Starting[]> {
    return startsOf('message', this.#parts.catalogue);
  }
}

type Starting = StandingStart<'message'>;

/** Beside the effects of the first step, whose keys end in a number. */
function jobFor({ definition, start }: Starting, caseId: string, n: number, body: JsonObject): Job {
  const payload = { workflow: definition.published.name, start: start.name, body };
  return { id: `${caseId}/1/m${n + 1}`, caseId, kind: 'begin', payload, runAt: 0 };
}
