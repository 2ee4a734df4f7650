import { forEachOf } from '../definition/for-each-of.ts';
import type { State } from '../definition/state.ts';
import type { Transition } from '../definition/rules.ts';
import type { CaseContext, Ended } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import type { Variables } from './formula.ts';
import type { MachineAction, RuleConfig } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import { isWaiting } from './queueing.ts';
import type { RuleSite } from './rules.ts';
import { compileRules } from './rules.ts';
import { end, reopen } from './visits.ts';

/** A final state ends the case, or the state around it. */
export function endAction(state: State): readonly MachineAction[] {
  if (state.kind !== 'final') return [];
  const around = parentOf(state.id);
  if (around === '') {
    const outcome = state.outcome ?? state.name;
    return [changeContext((context) => ({ ...context, outcome }))];
  }
  const names = { outcome: state.outcome ?? null };
  return [changeContext((context) => end(context, around, { kind: 'inside', names }))];
}

/** What ended with a final state has not ended any more once that is left. */
export function reopenAction(state: State): readonly MachineAction[] {
  if (state.kind !== 'final') return [];
  const around = parentOf(state.id);
  const further = parentOf(around);
  return [
    changeContext((context) => {
      const open = reopen(context, around);
      return context.open[further]?.ended?.kind === 'joined' ? reopen(open, further) : open;
    }),
  ];
}

/** The id of the state around another; the root's is empty. */
function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}

/** Rules that are read again at every step: `next` always, the others once something has ended. */
export function alwaysRules(state: State, compilation: Compilation): readonly RuleConfig[] {
  const { scopes } = compilation;
  const handlers = isAnsweredByEvent(state) ? [] : state.on;
  const handled = handlers.map(({ event }) => event);
  const endRules = (
    rules: readonly Transition[],
    variables: Variables,
    applies: (ended: Ended) => boolean,
  ): readonly RuleConfig[] =>
    compileRules(
      rules,
      { state: state.id, variables, applies: whenEnded(state.id, applies), answersEnd: true },
      compilation,
    );
  return [
    ...handlers.flatMap(({ event, rules }) =>
      endRules(rules, scopes.outcome(state, event), (ended) => outcomesOf(ended).includes(event)),
    ),
    ...endRules(
      state.done,
      scopes.done(state),
      (ended) =>
        ended.kind !== 'failed' && !outcomesOf(ended).some((outcome) => handled.includes(outcome)),
    ),
    ...endRules(state.failed, scopes.failed(state), ({ kind }) => kind === 'failed'),
    ...compileRules(state.next, nextSite(state, scopes.next(state)), compilation),
  ];
}

/** Nothing leads on from a state whose turn has not come. */
function nextSite({ id, limit }: State, variables: Variables): RuleSite {
  const site: RuleSite = { state: id, variables };
  return limit === undefined ? site : { ...site, applies: (context) => !isWaiting(context, id) };
}

/** Tells whether `on` is read at once when work ends, or an item of it; else it waits like `done`. */
export function isAnsweredByEvent(state: State): boolean {
  return state.kind === 'task' || state.kind === 'ask' || forEachOf(state) !== undefined;
}

function whenEnded(
  state: string,
  applies: (ended: Ended) => boolean,
): (context: CaseContext) => boolean {
  return (context) => {
    const ended = context.open[state]?.ended;
    return ended !== undefined && ended.answered !== true && ended.over !== true && applies(ended);
  };
}

/** The outcome of a child case or of what lies inside, or those of all regions that have one. */
function outcomesOf({ kind, names }: Ended): readonly string[] {
  if (kind === 'failed') return [];
  const { outcome, outcomes } = names;
  const found = kind === 'joined' ? Object.values(outcomes ?? {}) : [outcome];
  return found.filter((one) => typeof one === 'string');
}
