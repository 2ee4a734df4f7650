import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { CLERK, arrived } from '../runtime/with-workshop.ts';
import type { Ground, Host } from './host.ts';

/** What somebody was answered: from then on it must hold. */
export interface Acknowledgement {
  /** What was asked for; the same text is the same wish. */
  readonly wish: string;
  /** With the case that it is about, where it is about one. */
  readonly answer: { readonly caseId?: string };
}

/** For how long somebody waits for an answer, in milliseconds. */
const PATIENCE = 60_000;
/** Between two tries, and between two looks at a list, at first and in the end. */
const PAUSES = { first: 2_000, longest: 15 * 60 * 1000 };

interface Around {
  readonly ground: Ground;
  /** One of the hosts that can be reached. */
  readonly someHost: () => Host | undefined;
}

/** The people and systems around: they ask for what they want until they are answered. */
export class People {
  readonly acknowledged: Acknowledgement[] = [];
  /** What they were refused that they should have been given. */
  readonly refusals: string[] = [];
  readonly #around: Around;
  #living = 0;

  constructor(around: Around) {
    this.#around = around;
  }

  /** All of them have got what they wanted. */
  get areContent(): boolean {
    return this.#living === 0;
  }

  /** Somebody begins to want a case. */
  begin(number: number): void {
    this.#living += 1;
    const living = this.#liveThrough(number).then(() => {
      this.#living -= 1;
    });
    this.#expectAll(living);
  }

  /** Somebody looks after incidents from now on: their work is done again. */
  beginToLookAfter(): void {
    this.#expectAll(this.#lookAfter());
  }

  #expectAll(wanted: Promise<void>): void {
    wanted.catch((error: unknown) => {
      this.refusals.push(String(error));
    });
  }

  async #lookAfter(): Promise<void> {
    for (;;) {
      await this.#pause('look at the incidents', PAUSES.longest);
      for (const { id } of await this.#around.ground.store.incidents.list(undefined, 10)) {
        await this.#insist(`retry ${id}`, async (engine) => {
          // Somebody else, or an answer that got lost, was faster.
          await engine.retryIncident(id, CLERK).catch(unless('no-incident'));
          return {};
        });
      }
    }
  }

  /** Somebody starts a case by two clicks, and answers what it waits for. */
  async #liveThrough(number: number): Promise<void> {
    const wish = `start-${number}`;
    const form = { data: { email: 'a@ada.example' }, own: {} };
    const start = { workflow: 'sample', start: 'online', form, actor: CLERK, submissionKey: wish };
    const [started] = await this.#twice(wish, (engine) => engine.startCase(start));
    await this.#tell(started.reference);
    await this.#decide(started.caseId);
  }

  /** Other systems tell something; the same message comes again where nobody said that it arrived. */
  async #tell(reference: string): Promise<void> {
    await this.#twice(`message ${reference}`, async (engine, now) => {
      await engine.receive(arrived(reference, 1, now, reference));
      return {};
    });
  }

  /** Two people have the same task before them, and decide otherwise: one of them is too late. */
  async #decide(caseId: string): Promise<void> {
    const taskId = await this.#openTask(caseId);
    const decisions = ['done', 'stop'].map((outcome) => {
      const wish = `${outcome} ${taskId}`;
      const given = { form: { data: {}, own: {} }, actor: CLERK, submissionKey: wish };
      return this.#twice(wish, (engine) => engine.completeTask({ taskId, outcome, ...given }));
    });
    const ends = await Promise.allSettled(decisions);
    const late = ends.filter((end) => end.status === 'rejected' && isTooLate(end.reason));
    if (late.length !== 1) this.refusals.push(`Of two decisions ${late.length} came too late.`);
  }

  async #openTask(caseId: string): Promise<string> {
    const { worklist } = this.#around.ground.store;
    for (let longest = PAUSES.first; ; longest = doubled(longest)) {
      await this.#pause('look at the tasks', longest);
      const tasks = await worklist.tasksOfCase(caseId);
      const task = tasks.find(({ status }) => status === 'open');
      if (task !== undefined) return task.id;
    }
  }

  /** Asks twice, at times side by side, perhaps at two hosts. */
  #twice<Answer extends Acknowledgement['answer']>(
    wish: string,
    ask: (engine: Engine, now: number) => Promise<Answer>,
  ): Promise<[Answer, Answer]> {
    const once = (): Promise<Answer> => this.#insist(wish, ask);
    return Promise.all([once(), once()]);
  }

  async #insist<Answer extends Acknowledgement['answer']>(
    wish: string,
    ask: (engine: Engine, now: number) => Promise<Answer>,
  ): Promise<Answer> {
    const { ground, someHost } = this.#around;
    for (let longest = PAUSES.first; ; longest = doubled(longest)) {
      await this.#pause(`ask for ${wish}`, longest);
      const host = someHost();
      if (host === undefined) continue;
      try {
        const work = ask(host.engine, ground.clock.now());
        const answer = await this.#patiently(host.whileAlive(work));
        this.acknowledged.push({ wish, answer });
        return answer;
      } catch (error) {
        // What the engine refuses stays refused; what got lost is asked for again.
        if (error instanceof TrellisError && !['contended', 'overloaded'].includes(error.code))
          throw error;
      }
    }
  }

  /** Gives up after a while: the host may be frozen. */
  #patiently<Answer>(work: Promise<Answer>): Promise<Answer> {
    const { clock, scheduler } = this.#around.ground;
    return new Promise((resolve, reject) => {
      const cancel = clock.at(clock.now() + PATIENCE, () => {
        scheduler.add('people', 'lose patience', () => {
          reject(new Error('There was no answer.'));
        });
      });
      void work.then(resolve, reject).finally(cancel);
    });
  }

  #pause(what: string, longest: number): Promise<void> {
    const { clock, scheduler, random } = this.#around.ground;
    return new Promise((resolve) => {
      clock.at(clock.now() + random.below(longest), () => {
        scheduler.add('people', what, resolve);
      });
    });
  }
}

/** Lets an error of one code be. */
function unless(code: string): (reason: unknown) => void {
  return (reason) => {
    if (!(reason instanceof TrellisError && reason.code === code)) throw reason;
  };
}

function isTooLate(reason: unknown): boolean {
  return reason instanceof TrellisError && reason.code === 'task-over';
}

function doubled(pause: number): number {
  return Math.min(2 * pause, PAUSES.longest);
}
