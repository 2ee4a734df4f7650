import type { State } from '../definition/state.ts';
import type { Path } from '../problem.ts';
import { remembered } from '../remembered.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf } from './choices.ts';

/** One place at which a message is sent. */
interface SentMessage {
  readonly message: string;
  readonly path: Path;
  readonly state: State;
  /** True where it asks somebody to fill a form, and so carries a link. */
  readonly asks: boolean;
  /** True where it is about one item of a `forEach`. */
  readonly isOfItem: boolean;
  /** The role that it goes to, where it does not go to an address. */
  readonly role?: { readonly name: string; readonly path: Path };
  /** The formula of the address that it goes to, where it does not go to a role. */
  readonly address?: string;
}

/** Lists every place of a workflow at which a message is sent. */
export const sentMessages = remembered(({ chart }: Checkup): readonly SentMessage[] =>
  [...chart.states.values()].flatMap((state) => {
    const rules = choicesOf(state).map(({ rules: all, moment }) => ({
      sends: all.flatMap(({ send }) => send),
      isOfItem: moment.kind === 'outcome',
    }));
    const always = [...state.entry.send, ...state.exit.send];
    const asked = { path: [...state.path, 'ask', 'message'], state, asks: true, isOfItem: true };
    return [
      ...(state.kind === 'ask'
        ? [{ message: state.message, address: state.to.source, ...asked }]
        : []),
      ...[{ sends: always, isOfItem: false }, ...rules].flatMap(({ sends, isOfItem }) =>
        sends.map(({ message, path, to }) => ({
          ...{ message, path, state, asks: false, isOfItem },
          ...(to.kind === 'role'
            ? { role: { name: to.role, path: to.path } }
            : { address: to.address.source }),
        })),
      ),
    ];
  }),
);
