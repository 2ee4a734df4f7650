import type { Assignment, State, StateOf, Work } from '../definition/workflow.ts';
import type { Effect } from '../effects.ts';
import type { JsonObject } from '../json.ts';
import type { ValueType } from '../types/value-type.ts';
import { delayFrom } from '../values/delay.ts';
import { compileAssign } from './assignments.ts';
import type { CaseContext, Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { decideOnEntry } from './decide.ts';
import type { Variables } from './formula.ts';
import { keyText } from './hearing.ts';
import { compileFormula } from './formula.ts';
import type { MachineAction } from './machine-config.ts';
import { changeContext, effectAction } from './machine-config.ts';
import { defaultLanguage } from './mails.ts';
import { put } from './writes.ts';
import { visitOf } from './visits.ts';

type Values = Readonly<Record<string, unknown>>;
type Start = (context: CaseContext, values: Values, moment: Moment) => Effect;

/** Compiles what a state starts when it is entered; a state without work starts nothing. */
export function compileWork(state: State, compilation: Compilation): readonly MachineAction[] {
  if (state.kind === 'decide') return [decideOnEntry(state, compilation)];
  const start = startOf(state, compilation);
  if (start === undefined) return [];
  return [
    effectAction((context) => [
      start(context, compilation.values(context, state.id), compilation.moment()),
    ]),
  ];
}

/** Compiles what is called off when a state is left with its work, timers or letters still open. */
export function stopWork(state: State): readonly MachineAction[] {
  const kind = isWork(state) && state.kind !== 'decide' ? state.kind : 'none';
  const timers = state.after.length > 0 || (state.kind === 'task' && state.escalate.length > 0);
  if (kind === 'none' && !timers) return [];
  // An ask that was answered may have its mail still to send; a message has no job that ends with it.
  const always = kind === 'ask' || kind === 'wait';
  const stop = effectAction((context): readonly Effect[] => {
    const open = context.open[state.id];
    if (open === undefined) return [];
    const work = open.ended === undefined || kind === 'wait' ? kind : 'none';
    if (work === 'none' && !always && open.timers === undefined) return [];
    return [{ kind: 'stop', state: state.id, visit: open.visit, work }];
  });
  if (!isUndone(state)) return [stop];
  const remember = changeContext((context) => {
    const open = context.open[state.id];
    if (open === undefined || open.ended !== undefined) return context;
    return { ...context, running: [...context.running, { state: state.id, visit: open.visit }] };
  });
  return [stop, remember];
}

/** Tells whether what a state's work did can be taken back, so that its end matters after it was left. */
function isUndone(state: State): boolean {
  return state.kind === 'run' || (state.kind === 'call' && state.undo !== undefined);
}

/** Compiles `with`: an object built from its parts. What is empty is left out. */
export function compileInput(
  assignments: readonly Assignment[],
  variables: Variables,
  input: ValueType | undefined,
): (values: Values, moment: Moment) => JsonObject {
  const fields = input?.kind === 'object' ? input.fields : {};
  const parts = assignments.map(({ target, value }) => ({
    target,
    formula: compileFormula(
      value,
      variables,
      target.length === 1 ? fields[target[0] ?? ''] : undefined,
    ),
  }));
  return (values, moment) => {
    let built: JsonObject = {};
    for (const { target, formula } of parts) {
      const value = formula(values, moment);
      if (value !== null) built = put(built, target, value);
    }
    return built;
  };
}

function isWork(state: State): state is Extract<State, Work> {
  return ['task', 'ask', 'call', 'run', 'wait', 'decide'].includes(state.kind);
}

function startOf(state: State, compilation: Compilation): Start | undefined {
  switch (state.kind) {
    case 'call':
      return startCall(state, compilation);
    case 'run':
      return startRun(state, compilation);
    case 'task':
      return startTask(state, compilation);
    case 'ask':
      return startAsk(state, compilation);
    case 'wait':
      return startWait(state, compilation);
    default:
      return undefined;
  }
}

function startCall(state: StateOf<'call'>, compilation: Compilation): Start {
  const { operation } = state;
  const type = compilation.core.operations.get(operation)?.input;
  const input = compileInput(state.with, compilation.scopes.case, type);
  return (context, values, moment) => ({
    kind: 'call',
    state: state.id,
    visit: visitOf(context, state.id),
    operation,
    input: input(values, moment),
    ...(isUndone(state) ? { outlives: true } : {}),
  });
}

function startRun(state: StateOf<'run'>, compilation: Compilation): Start {
  const type = compilation.core.runnables.get(state.workflow)?.input;
  const input = compileInput(state.with, compilation.scopes.case, type);
  return (context, values, moment) => ({
    kind: 'run',
    state: state.id,
    visit: visitOf(context, state.id),
    workflow: state.workflow,
    input: input(values, moment),
  });
}

function startTask(state: StateOf<'task'>, compilation: Compilation): Start {
  const { due, form } = state;
  const assignment = compileAssign(state.assign, compilation);
  const text = state.taskTitle ?? compilation.formTitle(form);
  const title = compilation.mails.compileLine(text, compilation.scopes.case);
  return (context, values, moment) => ({
    kind: 'task',
    state: state.id,
    visit: visitOf(context, state.id),
    title: title(values, moment),
    form,
    assignment: assignment(context, values, moment),
    notBy: excluded(state, context),
    ...(due === undefined
      ? {}
      : { due: delayFrom(moment.now, due, moment.timeZone, moment.calendar) }),
  });
}

/** The ids of the people who may not complete a task: `notBy`, as it stands when it opens. */
export function excluded(state: StateOf<'task'>, context: CaseContext): readonly string[] {
  const people = state.notBy.flatMap((name) =>
    name === 'starter' ? [context.identity.starter.id] : (context.completedBy[name] ?? []),
  );
  return [...new Set(people)];
}

function startAsk(state: StateOf<'ask'>, compilation: Compilation): Start {
  const mail = compilation.mails.compile(state.message, state.to, compilation.scopes.case, true);
  return (context, values, moment) => ({
    kind: 'ask',
    state: state.id,
    visit: visitOf(context, state.id),
    title: defaultLanguage(compilation.formTitle(state.form)),
    form: state.form,
    mail: mail(values, moment),
  });
}

function startWait(state: StateOf<'wait'>, compilation: Compilation): Start {
  const match = compileFormula(state.match, compilation.scopes.case);
  const { messages, keep } = state;
  return (context, values, moment) => ({
    kind: 'wait',
    state: state.id,
    visit: visitOf(context, state.id),
    messages,
    key: keyText(match(values, moment)),
    keep: delayFrom(moment.now, keep, moment.timeZone, moment.calendar) - moment.now,
  });
}
