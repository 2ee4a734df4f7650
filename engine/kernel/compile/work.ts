import type { State, StateOf } from '../definition/state.ts';
import type { Work } from '../definition/work.ts';
import type { Effect } from '../effects.ts';
import type { Json } from '../json.ts';
import { delayFrom } from '../values/delay.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { compileAssign } from './assignments.ts';
import type { CaseContext, Items, Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { decideOnEntry } from './decide.ts';
import { keyText } from './hearing.ts';
import { compileFormula } from './formula.ts';
import { compileInput } from './inputs.ts';
import { refuseTooMany } from './items.ts';
import { itemRules, openItems, stopItems } from './item-work.ts';
import type { MachineAction, RuleConfig } from './machine-config.ts';
import { effectAction } from './machine-config.ts';
import { defaultLanguage } from './mails.ts';
import { isUndone, rememberRunning } from './undoable.ts';
import { visitOf } from './visits.ts';

type Values = Readonly<Record<string, unknown>>;
type Start = (context: CaseContext, values: Values, moment: Moment) => Effect;

/** Compiles what a state starts when it is entered; a state without work starts nothing. */
export function compileWork(state: State, compilation: Compilation): readonly MachineAction[] {
  if (state.kind === 'decide') return [decideOnEntry(state, compilation)];
  if (state.kind === 'start') return [startCases(state, compilation)];
  const forEach = forEachOf(state);
  if (forEach !== undefined) return [openItems(state, forEach, compilation)];
  const start = startOf(state, compilation);
  if (start === undefined) return [];
  return [
    effectAction((context) => [
      start(context, compilation.values(context, state.id), compilation.moment()),
    ]),
  ];
}

/** Compiles what leads a state on through the items of its `forEach`. */
export function repeatWork(state: State, compilation: Compilation): readonly RuleConfig[] {
  const forEach = forEachOf(state);
  const start = forEach && startOf(state, compilation);
  if (forEach === undefined || start === undefined) return [];
  const startItem = (context: CaseContext, item: number): Effect => {
    const values = compilation.values(context, state.id, item);
    return { ...start(context, values, compilation.moment()), item } as Effect;
  };
  return itemRules(state, forEach, startItem, compilation);
}

/** Compiles what is called off when a state is left with its work, timers or letters still open. */
export function stopWork(state: State): readonly MachineAction[] {
  const kind =
    isWork(state) && state.kind !== 'decide' && state.kind !== 'start' ? state.kind : 'none';
  const timers = state.after.length > 0 || (state.kind === 'task' && state.escalate.length > 0);
  if (kind === 'none' && !timers) return [];
  // An ask that was answered may have its mail still to send; a message has no job that ends with it.
  const always = kind === 'ask' || kind === 'wait';
  const isRepeated = forEachOf(state) !== undefined;
  const stop = effectAction((context): readonly Effect[] => {
    if (isRepeated) return stopVisit(state, context);
    const open = context.open[state.id];
    if (open === undefined) return [];
    const work = open.ended === undefined || kind === 'wait' ? kind : 'none';
    if (work === 'none' && !always && open.timers === undefined) return [];
    return [{ kind: 'stop', state: state.id, visit: open.visit, work }];
  });
  return [stop, ...rememberRunning(state)];
}

/** Calls off the items under way, and then whatever else works for the visit. */
function stopVisit(state: State, context: CaseContext): readonly Effect[] {
  const visit = visitOf(context, state.id);
  return [...stopItems(state, context), { kind: 'stop', state: state.id, visit, work: 'none' }];
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
  const { operation, retry } = state;
  const receiver = compilation.receiver(operation);
  const input = compileInput(state.with, compilation.scopes.begun(state), receiver);
  return (context, values, moment) => ({
    kind: 'call',
    state: state.id,
    visit: visitOf(context, state.id),
    operation,
    input: input(values, moment),
    ...(retry === undefined ? {} : { retry }),
    ...(isUndone(state) ? { outlives: true } : {}),
  });
}

function startRun(state: StateOf<'run'>, compilation: Compilation): Start {
  const receiver = { input: compilation.core.runnables.get(state.workflow)?.input };
  const input = compileInput(state.with, compilation.scopes.begun(state), receiver);
  return (context, values, moment) => ({
    kind: 'run',
    state: state.id,
    visit: visitOf(context, state.id),
    workflow: state.workflow,
    input: input(values, moment),
  });
}

/** One case, or one for each item; all are asked for by the step that comes into the state. */
function startCases(state: StateOf<'start'>, compilation: Compilation): MachineAction {
  const { workflow, each } = state;
  const receiver = { input: compilation.core.runnables.get(workflow)?.input };
  const input = compileInput(state.with, compilation.scopes.begun(state), receiver);
  const list = each && compileFormula(each.in, compilation.scopes.case);
  return effectAction((context): readonly Effect[] => {
    const values = compilation.values(context, state.id);
    const moment = compilation.moment();
    const visit = visitOf(context, state.id);
    const one = (given: Values): Effect => ({
      ...{ kind: 'start', state: state.id, visit, workflow },
      input: input(given, moment),
    });
    if (each === undefined) return [one(values)];
    const items = (list?.(values, moment) ?? []) as readonly Json[];
    refuseTooMany(items.length);
    return items.map((item) => one({ ...values, [each.item]: item }));
  });
}

function startTask(state: StateOf<'task'>, compilation: Compilation): Start {
  const { due, form } = state;
  const assignment = compileAssign(state.assign, state, compilation);
  const text = state.taskTitle ?? compilation.formTitle(form);
  const title = compilation.mails.compileLine(text, compilation.scopes.begun(state));
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
  const people = state.notBy.flatMap((name) => {
    if (name === 'starter') return [context.identity.starter.id];
    const own = name === state.id ? context.open[name]?.items : undefined;
    return own === undefined ? (context.completedBy[name] ?? []) : completersOf(own);
  });
  return [...new Set(people)];
}

/** Who completed an item of this visit, so that nobody completes two of them. */
function completersOf({ results }: Items): readonly string[] {
  return results.flatMap(({ by }) => (typeof by?.['id'] === 'string' ? [by['id']] : []));
}

function startAsk(state: StateOf<'ask'>, compilation: Compilation): Start {
  const variables = compilation.scopes.begun(state);
  const mail = compilation.mails.compileAsked(state.message, state.to, variables);
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
