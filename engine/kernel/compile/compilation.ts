import type { CoreView } from '../core-view.ts';
import { choicesOf } from '../check/choices.ts';
import type { WorkflowScopes } from '../check/scopes.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { withinState } from '../check/statechart.ts';
import type { DataPath, Text } from '../definition/values.ts';
import type { ForEach } from '../definition/work.ts';
import type { State } from '../definition/state.ts';
import type { Workflow } from '../definition/workflow.ts';
import { TrellisError } from '../errors.ts';
import type { CaseEvent } from '../event.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Trim } from '../types/trim.ts';
import type { JsonSchema } from '../types/value-type.ts';
import type { Validate } from '../validator/schema-error.ts';
import type { Validator } from '../validator/validator.ts';
import type { CaseContext, StepMoment } from './case-context.ts';
import type { Question } from './questions.ts';
import { answersTo, questionsOf } from './questions.ts';
import { destinationOf } from './names.ts';
import { itemNames } from './items.ts';
import type { Receiver } from './inputs.ts';
import type { MailCompiler } from './mails.ts';
import type { WriteCompiler } from './writes.ts';

/**
 * What all parts of one workflow's compilation share. The moment of a step is put here before the
 * machine runs and taken away afterwards: XState passes an event to guards and actions, but hands
 * its own internal events to those that run later in the same step.
 */
export class Compilation {
  readonly workflow: Workflow;
  readonly core: CoreView;
  readonly validator: Validator;
  readonly writes: WriteCompiler;
  readonly mails: MailCompiler;
  readonly scopes: WorkflowScopes;
  /** Leaves out of a value what a schema does not know. */
  readonly trimOf: (schema: JsonSchema) => Trim;
  /** The places of history to which some rule leads. */
  readonly histories: ReadonlySet<string>;
  readonly #questions: readonly Question[];
  readonly #repeats: ReadonlyMap<string, ForEach>;
  #moment: StepMoment | undefined;
  #heard: ReadonlySet<string> | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(parts: {
    readonly workflow: Workflow;
    readonly core: CoreView;
    readonly validator: Validator;
    readonly writes: WriteCompiler;
    readonly mails: MailCompiler;
    readonly scopes: WorkflowScopes;
    readonly trimOf: (schema: JsonSchema) => Trim;
  }) {
    this.workflow = parts.workflow;
    this.core = parts.core;
    this.validator = parts.validator;
    this.writes = parts.writes;
    this.mails = parts.mails;
    this.scopes = parts.scopes;
    this.trimOf = parts.trimOf;
    this.#questions = questionsOf(parts.workflow);
    this.histories = historiesOf(parts.workflow);
    this.#repeats = repeatsIn(parts.workflow.root);
  }

  /** Runs synchronous work at a moment. */
  during<T>(moment: StepMoment, work: () => T): T {
    this.#moment = moment;
    try {
      return work();
    } catch (error) {
      throw this.#fault === undefined ? error : this.#fault.error;
    } finally {
      this.#moment = undefined;
      this.#fault = undefined;
    }
  }

  /** Runs a guard. XState puts an error of its own in place of what a guard throws; it is kept here. */
  keepingFault(guard: () => boolean): boolean {
    try {
      return guard();
    } catch (error) {
      this.#fault = { error };
      throw error;
    }
  }

  moment(): StepMoment {
    if (this.#moment === undefined) {
      throw new TrellisError('no-moment', 'A compiled workflow was run outside of a step.');
    }
    return this.#moment;
  }

  /** Validates a value for a field of the case's data against its own schema. */
  fieldValidator(target: DataPath): Validate {
    return this.writes.validatorAt(target);
  }

  /** A value as a field of the case's data keeps it: without what its type does not know. */
  keptAt(target: DataPath, value: Json): Json {
    return this.writes.keptAt(target, value);
  }

  /** What an operation is given: its type, and what it leaves out. */
  receiver(operation: string): Receiver {
    const known = this.core.operations.get(operation);
    return known === undefined ? {} : { input: known.input, trim: this.trimOf(known.inputSchema) };
  }

  formTitle(name: string): Text {
    return this.workflow.forms.find((form) => form.name === name)?.title ?? name;
  }

  /**
   * The values that rules of a state may name: data, the case's identity, what just ended, and the
   * item (Default: that of the event).
   */
  values(
    context: CaseContext,
    state: string,
    item = itemOf(this.moment().event, state),
  ): Readonly<Record<string, unknown>> {
    const { reference, starter } = context.identity;
    const own = { reference, starter: personOf(starter) };
    const values = Object.assign({}, context.data, own);
    // Most rules may name no more, and they are read at every step.
    if (this.#questions.length > 0) Object.assign(values, answersTo(this.#questions, context));
    const forEach = this.#repeats.get(state);
    if (forEach !== undefined) Object.assign(values, itemNames(context, forEach, state, item));
    const ended = context.open[state]?.ended;
    return ended === undefined
      ? Object.assign(values, this.#eventNames(state))
      : Object.assign(values, ended.names, this.#eventNames(state));
  }

  #hears(state: string, message: string): boolean {
    this.#heard ??= heardIn(this.workflow);
    return this.#heard.has(`${state}\n${message}`);
  }

  /** How the work of a state is repeated; `undefined` where it is done once. */
  forEach(state: string): ForEach | undefined {
    return this.#repeats.get(state);
  }

  /** What a person gave is named by the rules of that work alone: around it, other ends have outcomes. */
  #eventNames(state: string): Readonly<Record<string, Json>> {
    const { event } = this.moment();
    if (event?.kind === 'message' && this.#hears(state, event.name)) {
      return { message: { ...event.body, name: event.name } };
    }
    if ((event?.kind !== 'outcome' && event?.kind !== 'press') || event.state !== state) return {};
    const given = { form: event.form.own, actor: personOf(event.actor) };
    return event.kind === 'press' ? given : { ...given, outcome: event.outcome };
  }
}

/** Which messages the rules of a state name: `STATE\nMESSAGE`. */
function heardIn({ root }: Workflow): ReadonlySet<string> {
  return new Set(
    withinState(root).flatMap(({ id, hears }) => hears.map(({ message }) => `${id}\n${message}`)),
  );
}

function repeatsIn(root: State): ReadonlyMap<string, ForEach> {
  return new Map(
    withinState(root).flatMap((state) => {
      const forEach = forEachOf(state);
      return forEach === undefined ? [] : [[state.id, forEach] as const];
    }),
  );
}

/** The item of a state that an event is about. */
export function itemOf(event: CaseEvent | undefined, state: string): number | undefined {
  return event !== undefined && 'state' in event && event.state === state ? event.item : undefined;
}

/** A person, as expressions name them. */
export function personOf(actor: { id: string; name: string; email?: string }): JsonObject {
  return actor.email === undefined
    ? { id: actor.id, name: actor.name }
    : { id: actor.id, name: actor.name, email: actor.email };
}

function historiesOf({ root }: Workflow): ReadonlySet<string> {
  const rules = withinState(root)
    .flatMap(choicesOf)
    .flatMap((choice) => choice.rules);
  return new Set(rules.filter(({ history }) => history !== undefined).map(destinationOf));
}
