import type { State } from '../definition/state.ts';
import type { CaseContext } from './case-context.ts';
import type { MachineAction } from './machine-config.ts';
import { changeContext } from './machine-config.ts';

/** Tells whether what a state's work did can be taken back, so that its end matters after it was left. */
export function isUndone(state: State): boolean {
  return state.kind === 'run' || (state.kind === 'call' && state.undo !== undefined);
}

/** Compiles what is remembered when work under way is left: should it succeed, it is taken back. */
export function rememberRunning(state: State): readonly MachineAction[] {
  if (!isUndone(state)) return [];
  return [
    changeContext((context) => {
      const running = [...context.running, ...underWay(context, state.id)];
      return { ...context, running };
    }),
  ];
}

function underWay({ open }: CaseContext, state: string): CaseContext['running'] {
  const work = open[state];
  if (work === undefined || work.ended !== undefined) return [];
  const visit = { state, visit: work.visit };
  return work.items?.open.map((item) => ({ ...visit, item })) ?? [visit];
}
