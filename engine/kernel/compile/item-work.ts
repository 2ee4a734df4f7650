import type { ForEach } from '../definition/work.ts';
import type { State } from '../definition/state.ts';
import type { Effect, StopEffect, TimerEffect } from '../effects.ts';
import { without } from '../types/make-type.ts';
import { delayFrom } from '../values/delay.ts';
import type { CaseContext, ItemTimer, Items } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileFormula } from './formula.ts';
import { changeItems, newItems, noneOpen, withTimers } from './items.ts';
import type { ContextAction, MachineAction, RuleConfig } from './machine-config.ts';
import { changeContext, effectAction, onlyWhile } from './machine-config.ts';
import { escalationTimer } from './timers.ts';
import { rememberRunning } from './undoable.ts';
import { end, visitOf } from './visits.ts';

/** Begins the work of one item. */
type Start = (context: CaseContext, item: number) => Effect;

/** Compiles the entry of a state with a `forEach`: the items are counted, and none has begun. */
export function openItems(state: State, forEach: ForEach, compilation: Compilation): ContextAction {
  const list = compileFormula(forEach.in, compilation.scopes.case);
  return changeContext((context) => {
    const work = context.open[state.id];
    if (work === undefined) return context;
    const values = list(compilation.values(context, state.id), compilation.moment());
    const items = newItems(forEach, values);
    return { ...context, open: { ...context.open, [state.id]: { ...work, items } } };
  });
}

/** What leads a state on through its items; read at every step, before the state's own rules. */
export function itemRules(
  state: State,
  forEach: ForEach,
  start: Start,
  compilation: Compilation,
): readonly RuleConfig[] {
  const changing = (change: (items: Items) => Items): ContextAction =>
    changeContext((context) => changeItems(context, state.id, change));
  const stopOpen = [
    effectAction((context) => stopItems(state, context)),
    ...rememberRunning(state),
  ];
  const isOver = untilHolds(state, forEach, compilation);
  const rule = (
    applies: (items: Items, context: CaseContext) => boolean,
    actions: readonly MachineAction[],
  ): RuleConfig => ({
    guard: (context) => {
      const work = context.open[state.id];
      if (work?.items === undefined || work.ended !== undefined) return false;
      const { items } = work;
      return compilation.keepingFault(() => applies(items, context));
    },
    // Another region may lead out of here in this very step; then nothing of it begins any more.
    actions: onlyWhile(({ open }) => open[state.id]?.left !== true, actions),
  });
  return [
    rule(
      ({ failure }) => failure !== undefined,
      [...stopOpen, changing(noneOpen), changeContext((context) => failed(context, state.id))],
    ),
    rule(
      (items, context) => items.changed === true && items.enough !== true && isOver(context),
      [
        ...(forEach.rest === 'cancel' ? stopOpen : []),
        changing((items) => ({
          ...without(forEach.rest === 'cancel' ? noneOpen(items) : items, 'changed'),
          enough: true,
        })),
      ],
    ),
    rule(({ changed }) => changed === true, [changing((items) => without(items, 'changed'))]),
    rule(
      (items) => nextItems(items, forEach).length > 0,
      [
        effectAction((context) => {
          const items = context.open[state.id]?.items;
          const next = items === undefined ? [] : nextItems(items, forEach);
          return next.flatMap((item) => [
            start(context, item),
            ...rungsOf(state, item, compilation).map(({ name, at }): TimerEffect => {
              const visit = visitOf(context, state.id);
              return { kind: 'timer', state: state.id, visit, item, timer: name, at };
            }),
          ]);
        }),
        changing((items) => {
          const next = nextItems(items, forEach);
          const rungs = next.flatMap((item) => rungsOf(state, item, compilation));
          return {
            ...withTimers(items, [...(items.timers ?? []), ...rungs]),
            begun: items.begun + next.length,
            open: [...items.open, ...next],
          };
        }),
      ],
    ),
    rule(
      ({ open }) => open.length === 0,
      [changeContext((context) => end(context, state.id, { kind: 'done', names: {} }))],
    ),
  ];
}

/** Calls off the items under way. */
export function stopItems(state: State, context: CaseContext): readonly StopEffect[] {
  const work = context.open[state.id];
  const { kind } = state;
  const isWork = kind === 'task' || kind === 'ask' || kind === 'call' || kind === 'run';
  if (work?.items === undefined || !isWork) return [];
  const { visit, items } = work;
  return items.open.map((item) => ({ kind: 'stop', state: state.id, visit, item, work: kind }));
}

/** Those that may begin now. */
function nextItems({ count, begun, open, enough }: Items, { atMost }: ForEach): readonly number[] {
  if (enough === true) return [];
  const room = (atMost ?? count) - open.length;
  const next = Math.max(0, Math.min(count - begun, room));
  return Array.from({ length: next }, (_, index) => begun + index);
}

function untilHolds(
  state: State,
  { until }: ForEach,
  compilation: Compilation,
): (context: CaseContext) => boolean {
  if (until === undefined) return () => false;
  const condition = compileFormula(until, compilation.scopes.until(state));
  return (context) =>
    condition(compilation.values(context, state.id), compilation.moment()) === true;
}

function failed(context: CaseContext, state: string): CaseContext {
  const failure = context.open[state]?.items?.failure;
  if (failure === undefined) return context;
  const names = { error: { code: failure.code, message: failure.message } };
  return end(context, state, { kind: 'failed', names });
}

/** Each item of a task has escalations of its own, counted from when it begins. */
function rungsOf(state: State, item: number, compilation: Compilation): readonly ItemTimer[] {
  if (state.kind !== 'task') return [];
  const { now, timeZone, calendar } = compilation.moment();
  return state.escalate.map(({ after }, rung) => ({
    item,
    name: escalationTimer(rung),
    at: delayFrom(now, after, timeZone, calendar),
  }));
}
