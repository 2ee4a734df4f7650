import type { State } from '../definition/workflow.ts';
import type { TimerEffect } from '../effects.ts';
import { delayFrom } from '../values/delay.ts';
import type { Compilation } from './compilation.ts';
import type { MachineAction } from './machine-config.ts';
import { effectAction } from './machine-config.ts';
import { visitOf } from './visits.ts';

/** The timer of an escalation's rung; the other timers of a state are named by their index. */
export function escalationTimer(rung: number): string {
  return `escalate-${rung}`;
}

/** The timers of a state that its own rules answer. */
export function ownTimers(state: State): readonly string[] {
  return state.after.map((_timer, index) => String(index));
}

/** Compiles the timers that begin when a state is entered. */
export function compileTimers(state: State, compilation: Compilation): readonly MachineAction[] {
  const escalations = state.kind === 'task' ? state.escalate : [];
  const delays = [
    ...state.after.map(({ delay }, index) => ({ timer: String(index), delay })),
    ...escalations.map(({ after }, rung) => ({ timer: escalationTimer(rung), delay: after })),
  ];
  if (delays.length === 0) return [];
  return [
    effectAction((context): readonly TimerEffect[] => {
      const { now, timeZone, calendar } = compilation.moment();
      return delays.map(({ timer, delay }) => ({
        kind: 'timer',
        state: state.id,
        visit: visitOf(context, state.id),
        timer,
        at: delayFrom(now, delay, timeZone, calendar),
      }));
    }),
  ];
}
