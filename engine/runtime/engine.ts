import { TrellisError } from '../kernel/errors.ts';
import type { CoreView } from '../kernel/core-view.ts';
import type { Items } from '../kernel/compile/case-context.ts';
import type { Actor } from '../kernel/effects.ts';
import { visitOf } from '../kernel/effects.ts';
import type { Admitted } from '../kernel/definition/people.ts';
import type { FormValues } from '../kernel/event.ts';
import type { JsonObject } from '../kernel/json.ts';
import { admittedTo, offeredButtons } from '../kernel/transition/offered-buttons.ts';
import type { OfferedButton } from '../kernel/transition/offered-buttons.ts';
import type { Step, StoredCase, Task } from '../ports/step.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Connectors } from '../ports/connector.ts';
import type { InboundMessage } from '../ports/message.ts';
import type { Log } from '../ports/log.ts';
import type { Signer } from '../ports/signer.ts';
import type { Store } from '../ports/store.ts';
import { BulkDesk } from './bulk-desk.ts';
import { BulkWorker } from './bulk-worker.ts';
import { Buttons } from './buttons.ts';
import { answerEvent } from './answer-event.ts';
import { Archiver } from './archiver.ts';
import { Assigner } from './assigner.ts';
import { CaseCache } from './case-cache.ts';
import type { Catalogue, Definition } from './catalogue.ts';
import { momentOf } from './catalogue.ts';
import { Children } from './children.ts';
import { createCommitter } from './committer.ts';
import type { Committer } from './committer.ts';
import { Deliveries } from './deliveries.ts';
import { Dispatcher } from './dispatcher.ts';
import type { DispatcherSettings } from './dispatcher.ts';
import { assignment } from './assignment.ts';
import { GrantGate } from './grants/grant-gate.ts';
import { hearNeighbours } from './hear-neighbours.ts';
import { InForce } from './in-force.ts';
import { IncidentDesk } from './incident-desk.ts';
import { readTaskId } from './effect-writes.ts';
import { Leaving } from './leaving.ts';
import { LinkTokens } from './link-tokens.ts';
import { Mailbox } from './mailbox.ts';
import { Operations } from './operations.ts';
import type { FrameMail } from './outgoing-mail.ts';
import { References } from './references.ts';
import { RoleMails } from './role-mails.ts';
import { JobRunner } from './run-job.ts';
import { knownSubmission, storedAnswer, submissionDigest, submissionOf } from './submissions.ts';
import { MessageStarts } from './message-starts.ts';
import type { StartByApi, StartCase, Started } from './starter.ts';
import { Starter } from './starter.ts';
import { ScheduleStarts } from './schedule-starts.ts';
import { Steps } from './steps.ts';
import { Substitutes } from './substitutes.ts';
import { Teamwork } from './teamwork.ts';
import { Turns } from './turns.ts';
import { itemsOf } from './open-items.ts';
import { carriedBy, uploadedFiles } from './uploaded-files.ts';

export interface EngineParts {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly connectors: Connectors;
  /** The connectors of the release that a case runs on. (Default: the same for all) */
  readonly connectorsOf?: (release: string) => Promise<Connectors>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly signer: Signer;
  /** The address of the page that a link's token opens. */
  readonly linkUrl: (token: string) => string;
  /** The company's frame around the HTML of mails. */
  readonly frameMail: FrameMail;
  readonly dispatcher?: DispatcherSettings;
  /** The core in force, by whose grants calls are made. (Default: the one that each version pins) */
  readonly core?: () => CoreView;
}

/** Completes a task or an ask. Who may do it has been decided by `authorize`. */
export interface CompleteTask {
  readonly taskId: string;
  readonly outcome: string;
  readonly form: FormValues;
  readonly actor: Actor;
  readonly submissionKey?: string;
}

/** A case as pages show it. */
export interface CaseLook {
  readonly stored: StoredCase;
  readonly definition: Definition;
  readonly data: JsonObject;
  /** How many times each state was entered. */
  readonly visits: Readonly<Record<string, number>>;
  /** The buttons of the states that it is in, whoever they are for; outermost first. */
  readonly buttons: readonly OfferedButton[];
  /** Who may press a button, also one that is not offered at present. */
  admitted(button: { readonly state: string; readonly button: string }): Admitted;
  /** The items of each state that it goes through a list in. */
  readonly items: Readonly<Record<string, Items>>;
  /** The states in which it waits for its turn. */
  readonly queued: readonly string[];
}

/** How much longer a lease holds than the longest call may take, in milliseconds. */
const LEASE_MARGIN = 20_000;

/** The durable runtime: takes commands, saves steps, carries out what they ask of the world. */
export class Engine {
  readonly steps: Steps;
  readonly tokens: LinkTokens;
  /** What is retired and revoked. */
  readonly inForce: InForce;
  /** What people change of running cases by hand. */
  readonly operations: Operations;
  /** What people do about incidents. */
  readonly incidents: IncidentDesk;
  /** What people change of many cases at once. */
  readonly mailbox: Mailbox;
  readonly bulk: BulkDesk;
  readonly teamwork: Teamwork;
  readonly substitutes: Substitutes;
  readonly leaving: Leaving;
  /** What people and programs press. */
  readonly buttons: Buttons;
  readonly #parts: EngineParts;
  readonly #committer: Committer;
  readonly #dispatcher: Dispatcher;
  readonly #deliveries: Deliveries;
  readonly #schedules: ScheduleStarts;
  readonly #archiver: Archiver;
  readonly #starter: Starter;
  #hearNoMore: (() => void) | undefined;

  constructor(parts: EngineParts) {
    const { store, catalogue, clock, log } = parts;
    this.#parts = parts;
    this.tokens = new LinkTokens(parts.signer);
    this.inForce = new InForce({ outOfForce: store.outOfForce, clock });
    const { inForce } = this;
    this.#committer = createCommitter(store.cases);
    this.steps = new Steps({
      cases: store.cases,
      committer: this.#committer,
      catalogue,
      cache: new CaseCache(),
      turns: new Turns(),
      tokens: this.tokens,
      ids: parts.ids,
      clock,
      hand: {
        claim: (step) => this.#dispatcher.claim(step),
        unsaved: (step) => {
          this.#dispatcher.unsaved(step);
        },
        saved: (step) => {
          this.#saved(step);
        },
      },
    });
    const { steps, tokens } = this;
    this.operations = new Operations({ steps, clock });
    this.incidents = new IncidentDesk(store.incidents, steps);
    const onStored = (): void => {
      this.#dispatcher.wake();
    };
    this.bulk = new BulkDesk({ ...parts, ...store, onStored });
    this.teamwork = new Teamwork({ steps, ...store });
    this.substitutes = new Substitutes({ steps, ...store, clock });
    this.leaving = new Leaving({ steps, ...store, clock });
    this.buttons = new Buttons({ steps, cases: store.cases, files: store.files });
    const references = new References(store.cases);
    this.#starter = new Starter({ ...parts, ...store, steps, references, tokens, inForce });
    const starter = this.#starter;
    const { cases } = store;
    const children = new Children({ ...parts, steps, cases, references, starter, tokens });
    const assigner = new Assigner({ steps, ...store });
    const roleMails = new RoleMails({ steps, ...store });
    const bulk = new BulkWorker({ store, steps, catalogue, clock, onMore: onStored });
    const beside = { children, assigner, roleMails, bulk };
    const { jobs, queues, effects } = store;
    const grants = new GrantGate({
      ...{ ...parts, inForce, grantUses: store.grantUses },
      load: (caseId) => steps.load(caseId),
    });
    const starts = new MessageStarts({ ...parts, starter, inForce, grants });
    const runner = new JobRunner({
      ...{ ...parts, ...beside, jobs, queues, effects, grants, steps, tokens },
      incidents: store.incidents,
      onMore: onStored,
    });
    const lease = (): number => parts.connectors.longestTimeout() + LEASE_MARGIN;
    this.#dispatcher = new Dispatcher(
      { jobs: store.jobs, neighbours: store.neighbours, runner, clock, log },
      { lease, ...parts.dispatcher },
    );
    const { messages } = store;
    this.mailbox = new Mailbox({ messages, steps, starts, grants, clock, log });
    this.#deliveries = new Deliveries({ mailbox: this.mailbox, clock, log });
    this.#schedules = new ScheduleStarts({ ...parts, starter, cases, effects, inForce });
    this.#archiver = new Archiver(parts);
  }

  /** Begins what was published on this host; the others are told. */
  async published(): Promise<void> {
    const { store, catalogue } = this.#parts;
    if (await catalogue.refresh()) this.#schedules.lookAgain();
    store.neighbours.tell('published');
  }

  /** Begins to run jobs, those that an earlier run left behind first. */
  start(): void {
    this.#dispatcher.start();
    this.#deliveries.start();
    this.#schedules.start();
    this.#archiver.start();
    const { store, catalogue, log } = this.#parts;
    this.#hearNoMore = hearNeighbours({
      ...{ neighbours: store.neighbours, catalogue, log },
      onJobs: () => {
        this.#dispatcher.wake();
      },
      onPublished: () => {
        this.#schedules.lookAgain();
      },
    });
  }

  /** Takes no more jobs, and resolves when all that is under way is saved. */
  async stop(): Promise<void> {
    this.#hearNoMore?.();
    await this.#schedules.stop();
    await this.#archiver.stop();
    await this.#dispatcher.stop();
    // A step that was on its way may have brought jobs that this host has in hand.
    await this.#committer.drain();
    await this.#dispatcher.idle();
    // After it, because a job that is under way may still bring something to hand over.
    await this.#deliveries.stop();
    await this.#committer.drain();
  }

  /** Resolves once nothing is due or under way. */
  async idle(): Promise<void> {
    do {
      await this.#schedules.idle();
      await this.#dispatcher.idle();
      await this.#deliveries.idle();
      await this.#archiver.idle();
      // What was handed over last may have asked for more.
    } while (this.#dispatcher.isBusy || this.#deliveries.isBusy);
  }

  /**
   * Starts a case by a form; answers after it is durable.
   * @throws `TrellisError` with the codes of {@link Starter.byForm}.
   */
  async startCase(command: StartCase): Promise<Started> {
    return this.#starter.byForm(command);
  }

  /**
   * Starts a case by what a program gives; answers after it is durable.
   * @throws `TrellisError` with the codes of {@link Starter.byApi}.
   */
  async startByApi(command: StartByApi): Promise<Started> {
    return this.#starter.byApi(command);
  }

  /**
   * Completes a task or an ask with an outcome; answers after it is durable.
   * @throws `TrellisError` with code `no-task`, `no-case`, `task-over` (somebody was faster, or it was
   * called off), `form-refused`, `unknown-outcome`, `not-by`, `submission-reused`.
   */
  async completeTask(command: CompleteTask): Promise<{ readonly caseId: string }> {
    const { taskId, outcome, form, actor, submissionKey } = command;
    const place = readTaskId(taskId) ?? (await this.#task(taskId));
    const { caseId } = place;
    const answer = { caseId };
    const digest = submissionDigest([taskId, outcome, form]);
    const end = await this.steps.take(caseId, async (loaded, now) => {
      const sender = { owner: submissionKey, carried: carriedBy(loaded) };
      const files = await uploadedFiles(this.#parts.store.files, form, sender);
      return answerEvent(
        loaded,
        { kind: 'outcome', ...visitOf(place), outcome, form, actor },
        actor,
        now,
        {
          tasks: [{ id: taskId, status: 'done', completedBy: actor.id, completedAt: now }],
          ...submissionOf(submissionKey, digest, answer, now),
          ...files,
        },
      );
    });
    if (end.kind === 'refused') {
      // Looked for only now, because nearly every form is new and its task is there.
      if ((await knownSubmission(this.#parts.store.cases, submissionKey, digest)) !== undefined)
        return answer;
      await this.#task(taskId);
    }
    return storedAnswer(end, digest, answer);
  }

  /**
   * Gives an open task to a person, or with `null` back to its role.
   * @throws `TrellisError` with code `no-task`, or `task-over` (also where somebody else has claimed
   * it before), or `not-by`.
   */
  async assignTask(taskId: string, assignee: Actor | null, actor: Actor): Promise<void> {
    const { caseId } = await this.#task(taskId);
    // Read in the case's turn: nothing can happen to the task until the step is saved, or is stale.
    await this.steps.take(caseId, async (loaded) => {
      const task = await this.#task(taskId);
      const standIn = await this.substitutes.standIn(task, loaded);
      return assignment(task, assignee, actor, loaded, standIn);
    });
  }

  /**
   * What a case carries and where it has been.
   * @throws `TrellisError` with code `no-case`.
   */
  async look(caseId: string): Promise<CaseLook> {
    const { stored, live, definition } = await this.steps.fresh(caseId);
    const { data, visits, open } = live.context;
    const { compiled, core } = definition;
    const moment = momentOf(core, this.#parts.clock.now());
    return {
      ...{ stored, definition, data, visits, items: itemsOf(open) },
      queued: Object.keys(open).filter((state) => open[state]?.waiting === true),
      buttons: offeredButtons(live, compiled, moment),
      admitted: (button) => admittedTo(live, compiled, button, moment),
    };
  }

  /** Takes a message from outside; answers after it is durable and was offered to its case. */
  async receive(message: InboundMessage): Promise<void> {
    await this.mailbox.receive(message);
  }

  /**
   * Lets the work of an incident run again.
   * @throws `TrellisError` with code `no-incident`.
   */
  async retryIncident(id: string, actor: Actor): Promise<void> {
    await this.incidents.retry(id, actor);
  }

  async #task(id: string): Promise<Task> {
    const task = await this.#parts.store.worklist.task(id);
    if (task === undefined) throw new TrellisError('no-task', 'There is no such task.', { id });
    return task;
  }

  #saved(step: Step): void {
    this.#dispatcher.saved(step);
    for (const { message, key } of step.subscribe) this.#deliveries.match(message, key);
  }
}
