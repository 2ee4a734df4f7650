import type { Actions, State } from '../definition/workflow.ts';
import type { Path } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf } from './choices.ts';

/** One place at which a message is sent. */
interface SentMessage {
  readonly message: string;
  readonly path: Path;
  readonly state: State;
  /** True where it asks somebody to fill a form, and so carries a link. */
  readonly asks: boolean;
}

/** Lists every place of a workflow at which a message is sent. */
export function sentMessages({ chart }: Checkup): readonly SentMessage[] {
  return [...chart.states.values()].flatMap((state) => {
    const rules = choicesOf(state).flatMap((choice) => choice.rules);
    const sent = [state.entry, state.exit, ...rules].flatMap((actions: Actions) => actions.send);
    return [
      ...(state.kind === 'ask'
        ? [{ message: state.message, path: [...state.path, 'ask', 'message'], state, asks: true }]
        : []),
      ...sent.map(({ message, path }) => ({ message, path, state, asks: false })),
    ];
  });
}
