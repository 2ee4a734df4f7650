import type { Actions, Timing, Transition } from '../definition/rules.ts';
import type { Presser } from '../definition/people.ts';
import type { Assignment, DataPath, Expression } from '../definition/values.ts';
import type { State, StateOf } from '../definition/state.ts';
import type { Start } from '../definition/workflow.ts';
import { remembered } from '../remembered.ts';
import { DURATION, TEXT, YES_NO, fieldOf, listOf, withEmptiness } from '../types/make-type.ts';
import { ITEM } from '../types/schema-at.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf } from './choices.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { variablesOf } from './state-work.ts';
import { receiverOf } from './undo-receiver.ts';
import type { Variables } from './variables.ts';
import { BEFORE_A_CASE } from './variables.ts';

/** What becomes of an expression's value. */
type Purpose =
  | { readonly kind: 'condition' | 'address' | 'match' | 'decision' | 'span' | 'time' }
  /** It tells cases apart, or the queues of a limit. */
  | { readonly kind: 'once' | 'limit' }
  /** It says whom a task is for, who may start a case, or who may press a button. */
  | { readonly kind: 'person' | 'roles' }
  /** It is stored in the case's data. */
  | { readonly kind: 'write'; readonly target: DataPath }
  /** It is given to an operation or to a child case, by its name. */
  | { readonly kind: 'input'; readonly receiver: string; readonly target: DataPath };

/** One place of a workflow at which an expression stands. */
export interface Site {
  readonly expression: Expression;
  readonly variables: Variables;
  /** What the value must be; absent where anything will do, or where the target is not known. */
  readonly expected?: ValueType;
  readonly purpose: Purpose;
  /** The state whose work, actions or rules it belongs to. */
  readonly state?: State;
}

/** Lists every expression of a workflow with what is in scope there and what it must be. */
export const sitesOf = remembered((checkup: Checkup): readonly Site[] => {
  const { workflow, scopes, chart } = checkup;
  return [
    ...workflow.starts.flatMap((start) => startSites(checkup, start)),
    ...workflow.forms.flatMap((form) => {
      const variables = scopes.form(form);
      const conditions = [
        ...form.pages.flatMap((page) => page.fields).flatMap(({ when }) => when ?? []),
        ...form.rules.map(({ must }) => must),
      ];
      return [
        ...(form.audience === undefined ? [] : people(form.audience, BEFORE_A_CASE)),
        ...conditions.map((expression) => condition(expression, variables)),
      ];
    }),
    ...workflow.decisions.flatMap(({ inputs }) =>
      inputs.map(({ value }): Site => ({
        expression: value,
        variables: scopes.case,
        purpose: { kind: 'decision' },
      })),
    ),
    ...[...chart.states.values()].flatMap((state) =>
      [...workSites(checkup, state), ...ruleSites(checkup, state)].map((site) => ({
        ...site,
        state,
      })),
    ),
  ];
});

function startSites(checkup: Checkup, start: Start): readonly Site[] {
  const { scopes } = checkup;
  const { set, once } = start;
  const saved = start.kind === 'message' ? start.save : [];
  return [
    ...(start.kind === 'form' ? people(start.audience, BEFORE_A_CASE) : []),
    ...writes(checkup, [...saved, ...set], scopes.start(start)),
    ...(once === undefined
      ? []
      : [{ expression: once, variables: scopes.once(start), purpose: ONCE }]),
  ];
}

function ruleSites(checkup: Checkup, state: State): readonly Site[] {
  const { scopes } = checkup;
  return [
    ...(state.when === undefined ? [] : [condition(state.when, scopes.case)]),
    ...(state.limit?.by === undefined
      ? []
      : [{ expression: state.limit.by, variables: scopes.case, purpose: LIMIT }]),
    ...actions(checkup, state.entry, scopes.case),
    ...actions(checkup, state.exit, scopes.case),
    ...state.buttons.flatMap(({ by }) => people(by, scopes.case)),
    ...state.hears.map(({ message, match }) => matching(checkup, match, message, true)),
    ...state.after.flatMap(({ timing }) => timeSites(timing, scopes.case)),
    ...choicesOf(state).flatMap((choice) => {
      const variables = variablesOf(choice, scopes);
      return choice.rules.flatMap((rule) => [
        ...(rule.when === undefined ? [] : [condition(rule.when, variables)]),
        ...actions(checkup, rule, variables),
        ...addedItem(checkup, state, rule, variables),
      ]);
    }),
  ];
}

/** A time is of one of two kinds, so nothing certain can be expected of it. */
function timeSites(timing: Timing, variables: Variables): readonly Site[] {
  if (timing.kind === 'at') {
    return [{ expression: timing.value, variables, purpose: { kind: 'time' } }];
  }
  if (timing.kind !== 'in') return [];
  const expression = timing.value;
  return [{ expression, variables, expected: DURATION, purpose: { kind: 'span' } }];
}

/** What a rule adds is kept in the list that its state goes through, where the case carries that. */
function addedItem(
  { fields }: Checkup,
  state: State,
  { add }: Transition,
  variables: Variables,
): readonly Site[] {
  const forEach = forEachOf(state);
  if (add === undefined || forEach === undefined) return [];
  const { list, type } = forEach;
  if (list === undefined) return [{ expression: add, variables, expected: type, purpose: ITSELF }];
  const target = [...list, ITEM];
  const expected = fields.typeAt(target.join('.')) ?? type;
  return [{ expression: add, variables, expected, purpose: { kind: 'write', target } }];
}

/** What is gone through, and when that is over. */
function repeatSites({ scopes }: Checkup, state: State): readonly Site[] {
  const forEach = forEachOf(state);
  if (forEach === undefined) return [];
  const { until } = forEach;
  return [
    { expression: forEach.in, variables: scopes.case, purpose: ITSELF },
    ...(until === undefined ? [] : [condition(until, scopes.until(state))]),
  ];
}

const ITSELF: Purpose = { kind: 'decision' };
const ONCE: Purpose = { kind: 'once' };
const LIMIT: Purpose = { kind: 'limit' };

function workSites(checkup: Checkup, state: State): readonly Site[] {
  return [
    ...repeatSites(checkup, state),
    ...ownWorkSites(checkup, state),
    ...undoSites(checkup, state),
  ];
}

/** What takes back what was done in a state is given what the state has come to. */
function undoSites({ core, scopes }: Checkup, state: State): readonly Site[] {
  const { undo } = state;
  if (undo === undefined) return [];
  const { name, input } = receiverOf(undo, core);
  return inputs(undo.with, name, input, scopes.undo(state));
}

function ownWorkSites(checkup: Checkup, state: State): readonly Site[] {
  const { core, scopes } = checkup;
  const begun = scopes.begun(state);
  const saved = 'save' in state ? writes(checkup, state.save, scopes.work(state)) : [];
  switch (state.kind) {
    case 'call': {
      const input = core.operations.get(state.operation)?.input;
      return [...inputs(state.with, state.operation, input, begun), ...saved];
    }
    case 'run': {
      const input = core.runnables.get(state.workflow)?.input;
      return [...inputs(state.with, state.workflow, input, begun), ...saved];
    }
    case 'start':
      return startCaseSites(checkup, state);
    case 'wait':
      return [
        ...state.messages.map((name) => matching(checkup, state.match, name, false)),
        ...saved,
      ];
    case 'ask':
      return [address(state.to, begun), ...saved];
    case 'task':
      return [
        ...[state.assign, ...state.escalate.map(({ assign }) => assign)].flatMap((assign) =>
          people(assign, begun),
        ),
        ...saved,
      ];
    default:
      return saved;
  }
}

function startCaseSites({ core, scopes }: Checkup, state: StateOf<'start'>): readonly Site[] {
  const { workflow, each } = state;
  const input = core.runnables.get(workflow)?.input;
  return [
    ...(each ? [{ expression: each.in, variables: scopes.case, purpose: ITSELF }] : []),
    ...inputs(state.with, workflow, input, scopes.begun(state)),
  ];
}

/** The key of a message; where it may be empty, nothing is heard meanwhile. */
function matching(
  { core, scopes }: Checkup,
  expression: Expression,
  name: string,
  mayBeEmpty: boolean,
): Site {
  const message = core.messages.get(name);
  const key = message && fieldOf(message.body, message.correlate);
  return {
    expression,
    variables: scopes.case,
    purpose: { kind: 'match' },
    ...(key !== undefined && { expected: withEmptiness(key, mayBeEmpty) }),
  };
}

function actions(checkup: Checkup, { set, send }: Actions, variables: Variables): readonly Site[] {
  return [
    ...writes(checkup, set, variables),
    ...send.flatMap(({ to }) => (to.kind === 'address' ? address(to.address, variables) : [])),
  ];
}

function condition(expression: Expression, variables: Variables): Site {
  return { expression, variables, expected: YES_NO, purpose: { kind: 'condition' } };
}

function address(expression: Expression, variables: Variables): Site {
  return { expression, variables, expected: TEXT, purpose: { kind: 'address' } };
}

function people(who: Presser, variables: Variables): readonly Site[] {
  if (who.kind === 'person') {
    const purpose = { kind: 'person' } as const;
    return [{ expression: who.person, variables, expected: TEXT, purpose }];
  }
  if (who.kind !== 'roles') return [];
  const purpose = { kind: 'roles' } as const;
  return [{ expression: who.roles, variables, expected: listOf(TEXT), purpose }];
}

function writes(
  { fields }: Checkup,
  assignments: readonly Assignment[],
  variables: Variables,
): readonly Site[] {
  return assignments.map(({ target, value }) => {
    const expected = fields.typeAt(target.join('.'));
    return {
      expression: value,
      variables,
      purpose: { kind: 'write', target },
      ...(expected !== undefined && { expected }),
    };
  });
}

function inputs(
  assignments: readonly Assignment[],
  receiver: string,
  input: ValueType | undefined,
  variables: Variables,
): readonly Site[] {
  return assignments.map(({ target, value }) => {
    const expected = input && fieldOf(input, target.join('.'));
    return {
      expression: value,
      variables,
      purpose: { kind: 'input', receiver, target },
      ...(expected !== undefined && { expected }),
    };
  });
}
