import type { CaseContext, Ended, OpenWork, StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { FormInput } from '../compile/form-input.ts';
import { heardMessages } from '../compile/hearing.ts';
import {
  STEP_EVENT,
  admitEvent,
  heardEvent,
  outcomeEvent,
  pressEvent,
  timerEvent,
} from '../compile/names.ts';
import { complete } from '../compile/undos.ts';
import type { WorkOutUndo } from '../compile/undos.ts';
import { end } from '../compile/visits.ts';
import { excluded } from '../compile/work.ts';
import type { StateOf } from '../definition/state.ts';
import type { Visit } from '../effects.ts';
import { visitOf } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import type { ItemEvent } from './apply-to-item.ts';
import { applyToItem } from './apply-to-item.ts';
import type { Applied } from './applied.ts';
import { recordLateSuccess } from './undo.ts';
import { fireTimer, missTimer } from './timers.ts';
import type { LiveCase } from './live-case.ts';
import { progressOf } from './live-case.ts';
import type { Refusal } from './step-result.ts';
import { refusal } from './step-result.ts';

type EventOf<K extends CaseEvent['kind']> = Extract<CaseEvent, { readonly kind: K }>;

/** Holds an event against the visit that it answers, and takes in what it brings. */
export function applyEvent(
  live: LiveCase,
  event: EventOf<'outcome' | 'done' | 'failed' | 'message' | 'timer' | 'press' | 'admit'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  if (event.kind === 'admit') return admit(live, event);
  if (event.kind === 'press') return applyPress(live, event, compiled, moment);
  if (event.kind === 'message' && event.state === '') return applyHeard(live, event, compiled);
  return applyToWork(live, event, compiled, moment);
}

function applyToWork(
  live: LiveCase,
  event: EventOf<'outcome' | 'done' | 'failed' | 'message' | 'timer'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  const open = live.context.open[event.state];
  if (open === undefined || !isUnderWay(open, event)) {
    return late(live.context, event, compiled, moment);
  }
  if (endsItem(event)) return applyToItem(live.context, event, compiled, moment);
  switch (event.kind) {
    case 'outcome':
      return applyOutcome(live.context, event, compiled, moment);
    case 'timer':
      return applyTimer(live, event, compiled, moment);
    case 'failed':
      return applyFailure(live.context, event);
    default:
      return applyAnswer(live.context, event, compiled, moment);
  }
}

/** The turn of a visit has come that still waits for it. */
function admit({ context }: LiveCase, { state, visit }: EventOf<'admit'>): Applied | Refusal {
  const open = context.open[state];
  if (open?.visit === visit && open.waiting === true) {
    return { kind: 'applied', context, type: admitEvent(state) };
  }
  return refusal('stale', `Nothing waits for its turn in this visit of "${state}" any more.`);
}

/** A timer fires once for each time that it was set. */
function applyTimer(
  live: LiveCase,
  event: EventOf<'timer'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  const { state, timer } = event;
  const isLater = progressOf(live) === 'undoing';
  const after = isLater
    ? missTimer(live.context, event)
    : fireTimer(compiled, live.context, event, moment);
  if (after === undefined) {
    return refusal('stale', `This timer of "${state}" has fired already, or was moved.`);
  }
  const type = isLater ? STEP_EVENT : timerEvent(state, timer);
  return { kind: 'applied', context: after, type };
}

/** An event answers the visit that is open now; to work that is repeated, an item under way. */
function isUnderWay(
  { visit, ended, items, calledOff, waiting }: OpenWork,
  event: CaseEvent & Visit,
): boolean {
  const { kind, item } = event;
  if (visit !== event.visit || calledOff === true || waiting === true) return false;
  if (ended !== undefined && kind !== 'timer') return false;
  if (item !== undefined) return items?.open.includes(item) ?? false;
  return items === undefined || kind === 'timer';
}

function endsItem(event: CaseEvent & Visit): event is ItemEvent {
  return event.item !== undefined && ['outcome', 'done', 'failed'].includes(event.kind);
}

function late(
  context: CaseContext,
  event: EventOf<'outcome' | 'done' | 'failed' | 'message' | 'timer'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  const recorded =
    event.kind === 'done' ? recordLateSuccess(context, event, compiled, moment) : undefined;
  if (recorded !== undefined) return { kind: 'applied', context: recorded, type: STEP_EVENT };
  return refusal(
    'stale',
    `This answers an earlier visit of "${event.state}", or work that has ended already.`,
  );
}

function applyOutcome(
  context: CaseContext,
  event: EventOf<'outcome'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  const state = compiled.states.get(event.state);
  if (state?.kind !== 'task' && state?.kind !== 'ask') {
    return refusal('unknown-outcome', `"${event.state}" is not work that a person completes.`);
  }
  if (!state.on.some((handler) => handler.event === event.outcome)) {
    const known = state.on.map((handler) => handler.event).join(', ');
    return refusal(
      'unknown-outcome',
      `"${event.outcome}" is not an outcome of "${event.state}". Its outcomes are: ${known}.`,
    );
  }
  if (state.kind === 'task' && isExcluded(state, context, event)) {
    return refusal('not-by', 'Somebody who did an earlier step of this case may not do this one.');
  }
  const names = { ...compiled.compilation.values(context, state.id), outcome: event.outcome };
  const data = formOf(state, event, compiled)?.accept(context.data, event.form, names, moment);
  const others = (context.completedBy[state.id] ?? []).filter((id) => id !== event.actor.id);
  const completed = {
    ...context,
    data: data ?? context.data,
    completedBy: { ...context.completedBy, [state.id]: [...others, event.actor.id] },
  };
  return {
    kind: 'applied',
    type: outcomeEvent(state.id, event.outcome),
    context: end(complete(completed, visitOf(event), undoOf(event, compiled)), state.id, {
      kind: 'done',
      names: {},
    }),
    otherwise: refusal('unknown-outcome', 'No rule for this outcome holds at the moment.'),
  };
}

/** What the outcome's form may give; work that was skipped gives nothing. */
function formOf(
  { form }: StateOf<'task'> | StateOf<'ask'>,
  { skipped }: EventOf<'outcome'>,
  { forms }: CompiledWorkflow,
): FormInput | undefined {
  return skipped === true ? undefined : forms.get(form);
}

/** Work that was skipped was not done, so nothing takes it back. */
function undoOf(event: EventOf<'outcome'>, { undos }: CompiledWorkflow): WorkOutUndo | undefined {
  return event.skipped === true ? undefined : undos.get(event.state);
}

function isExcluded(
  state: StateOf<'task'>,
  context: CaseContext,
  event: EventOf<'outcome'>,
): boolean {
  return event.skipped !== true && excluded(state, context).includes(event.actor.id);
}

/** Work has failed: the state's `failed` answers it, or nothing does. */
function applyFailure(context: CaseContext, { state, error }: EventOf<'failed'>): Applied {
  const names = { error: { code: error.code, message: error.message } };
  return {
    kind: 'applied',
    type: STEP_EVENT,
    context: end(context, state, { kind: 'failed', names }),
    otherwise: refusal('unhandled', `Nothing says what happens when "${state}" fails.`),
  };
}

function applyAnswer(
  context: CaseContext,
  event: EventOf<'done' | 'message'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied {
  const names = namesOf(event);
  const state = event.state;
  const data = compiled.results.get(state)?.save(context, names, moment) ?? context.data;
  const saved = end({ ...context, data }, state, { kind: 'done', names });
  return {
    kind: 'applied',
    type: STEP_EVENT,
    context: complete(saved, visitOf(event), compiled.undos.get(state), names),
  };
}

/** What rules may name after work has ended well. */
function namesOf(event: EventOf<'done' | 'message'>): Ended['names'] {
  if (event.kind === 'message') return { message: { ...event.body, name: event.name } };
  return event.outcome === undefined
    ? { result: event.result }
    : { result: event.result, outcome: event.outcome };
}

/** A button is pressed by whoever saw the case in this visit of its state. */
function applyPress(
  live: LiveCase,
  event: EventOf<'press'>,
  compiled: CompiledWorkflow,
  moment: StepMoment,
): Applied | Refusal {
  const { context } = live;
  const state = compiled.states.get(event.state);
  const open = context.open[event.state];
  const isThere = open?.visit === event.visit && open.calledOff !== true;
  if (!isThere || progressOf(live) !== 'active') {
    return refusal('stale', 'The case has gone on since: this button is not there any more.');
  }
  const button = state?.buttons.find(({ name }) => name === event.button);
  if (button === undefined) {
    return refusal('unknown-outcome', `"${event.state}" has no button "${event.button}".`);
  }
  const { data, own } = event.form;
  if (button.form === undefined && Object.keys({ ...data, ...own }).length > 0) {
    return refusal('refused-data', 'This button asks for nothing, so nothing can be sent with it.');
  }
  const names = compiled.compilation.values(context, event.state);
  const form = button.form === undefined ? undefined : compiled.forms.get(button.form);
  const given = form?.accept(context.data, event.form, names, moment) ?? context.data;
  return {
    kind: 'applied',
    type: pressEvent(event.state, event.button),
    context: { ...context, data: given },
    answers: button.rules.map(({ path }) => path.join('.')),
    otherwise: refusal('unknown-outcome', 'No rule of this button holds at the moment.'),
  };
}

/** A message that no rule wants at the moment is taken nevertheless, and changes nothing. */
function applyHeard(
  { context }: LiveCase,
  { name, visit }: EventOf<'message'>,
  compiled: CompiledWorkflow,
): Applied | Refusal {
  const index = heardMessages(compiled.workflow).indexOf(name);
  if (index < 0 || context.hearing?.number !== visit) {
    return refusal('stale', `The case hears other messages now than "${name}".`);
  }
  return { kind: 'applied', type: heardEvent(index), context };
}
