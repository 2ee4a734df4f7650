/** The bench's loop of two calls as anybody would write it for XState alone, stored after each step. */
import { assign, createActor, createMachine } from 'xstate';
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { JsonObject } from '../../engine/kernel/json.ts';

interface Context {
  readonly data: JsonObject;
  readonly visits: Readonly<Record<string, number>>;
}

interface Done {
  readonly type: 'done';
  readonly visit: number;
  readonly result: JsonObject;
}

/** Starts the call of a state: counts the visit, and asks for the call. */
function call(name: string, operation: string, field: string, next: string): object {
  return {
    entry: [
      assign(({ context }: { context: Context }) => ({
        visits: { ...context.visits, [name]: (context.visits[name] ?? 0) + 1 },
      })),
      {
        type: 'effects',
        params: ({ context }: { context: Context }) => ({
          ...{ kind: 'call', operation, state: name, visit: context.visits[name] },
          input: { rideNo: context.data['rideNo'], parcel: context.data['parcel'] },
        }),
      },
    ],
    on: {
      done: {
        target: next,
        guard: ({ context, event }: { context: Context; event: Done }) =>
          event.visit === context.visits[name],
        actions: assign(({ context, event }: { context: Context; event: Done }) => ({
          data: { ...context.data, [field]: event.result[field] ?? null },
        })),
      },
    },
  };
}

/** Gives a function that takes one step: from the stored text of a case to its next. */
export function bareLoop(data: JsonObject): { first: string; step: (stored: string) => string } {
  const machine: AnyStateMachine = createMachine({
    id: 'case',
    initial: 'booking',
    context: { data, visits: {} },
    states: {
      booking: call('booking', 'carrier.book', 'rideNo', 'billing'),
      billing: call('billing', 'carrier.bill', 'billNo', 'booking'),
    },
  } as never);
  const self = createActor(createMachine({}));
  let effects: unknown[] = [];
  const nothing = (): void => undefined;
  const scope = {
    ...{ self, system: self.system, id: '', sessionId: '' },
    ...{ defer: nothing, emit: nothing, logger: nothing, stopChild: nothing },
    actionExecutor: (action: { readonly params: unknown }) => {
      effects.push(action.params);
    },
  } as unknown as Parameters<AnyStateMachine['transition']>[2];
  const stored = (snapshot: AnyMachineSnapshot): string =>
    JSON.stringify(machine.getPersistedSnapshot(snapshot));
  return {
    first: stored(machine.getInitialSnapshot(scope) as AnyMachineSnapshot),
    step: (text) => {
      effects = [];
      const now = machine.restoreSnapshot(JSON.parse(text) as never, scope) as AnyMachineSnapshot;
      const { visits } = now.context as Context;
      const state = now.value as string;
      const result = { rideNo: 'R-1', billNo: 'B-1' };
      const event: Done = { type: 'done', visit: visits[state] ?? 0, result };
      const next = machine.transition(now, event, scope) as AnyMachineSnapshot;
      if (next === now || effects.length !== 1) throw new Error('The step was not taken.');
      return stored(next);
    },
  };
}
