import type { Actions, Transition } from '../definition/rules.ts';
import type { Effect } from '../effects.ts';
import type { CaseContext } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { itemOf } from './compilation.ts';
import type { Formula, Variables } from './formula.ts';
import { compileFormula } from './formula.ts';
import { addItem, dataWasSet } from './items.ts';
import type { ContextAction, MachineAction, RuleConfig } from './machine-config.ts';
import { changeContext, effectAction } from './machine-config.ts';
import { destinationOf, signalEvent, targetOf, undoingId } from './names.ts';
import { takeAll, takeBack, undoingRegion, withUndoList } from './undo-lists.ts';
import { compileUndo } from './undos.ts';
import { answer } from './visits.ts';
import { refuseUnfit } from './writes.ts';

/** Where rules stand: what they may name, and when they apply at all. */
export interface RuleSite {
  /** The state that the rules belong to. */
  readonly state: string;
  readonly variables: Variables;
  /** Must hold before any rule is looked at, e.g. that the event answers this visit. */
  readonly applies?: (context: CaseContext) => boolean;
  /** They answer the end of the state's work, or of what lies inside it, once. */
  readonly answersEnd?: true;
}

/** Compiles a list of rules; the first whose guard holds is taken. */
export function compileRules(
  rules: readonly Transition[],
  site: RuleSite,
  compilation: Compilation,
): readonly RuleConfig[] {
  return rules.map((rule) => compileRule(rule, site, compilation));
}

function compileRule(rule: Transition, site: RuleSite, compilation: Compilation): RuleConfig {
  const guard = guardOf(rule, site, compilation);
  return {
    ...targetConfig(rule, site, compilation),
    ...(guard === undefined
      ? {}
      : { guard: (context) => compilation.keepingFault(() => guard(context)) }),
    actions: [
      { kind: 'taken', rule: rule.path.join('.') },
      ...compileActions(rule, site, compilation),
      ...addAction(rule, site, compilation),
      ...undoActions(rule, site, compilation),
      // Last, because the others still name what has ended.
      ...(site.answersEnd ? [changeContext((context) => answer(context, site.state))] : []),
    ],
  };
}

function targetConfig(
  rule: Transition,
  site: RuleSite,
  { workflow }: Compilation,
): Pick<RuleConfig, 'target' | 'reenter'> {
  if (rule.to === undefined) return {};
  if (rule.undo !== undefined) {
    return { target: `#${undoingId(undoingRegion(workflow.root, site.state, rule))}` };
  }
  const target = targetOf(destinationOf(rule));
  return rule.to === site.state || rule.reenter === true ? { target, reenter: true } : { target };
}

function guardOf(
  rule: Transition,
  site: RuleSite,
  compilation: Compilation,
): ((context: CaseContext) => boolean) | undefined {
  const { applies } = site;
  if (rule.when === undefined) return applies;
  const condition: Formula = compileFormula(rule.when, site.variables);
  const holds = (context: CaseContext): boolean =>
    condition(compilation.values(context, site.state), compilation.moment()) === true;
  return applies === undefined ? holds : (context) => applies(context) && holds(context);
}

/** Compiles `set`, `send` and `emit`. Sends read the data as `set` leaves them. */
export function compileActions(
  actions: Actions,
  site: Pick<RuleSite, 'state' | 'variables'>,
  compilation: Compilation,
): readonly MachineAction[] {
  const compiled: MachineAction[] = [];
  if (actions.set.length > 0) {
    const write = compilation.writes.compile(actions.set, site.variables);
    compiled.push(
      changeContext((context) => {
        const moment = compilation.moment();
        const values = compilation.values(context, site.state);
        const item = itemOf(moment.event, site.state);
        return dataWasSet({ ...context, data: write(context.data, values, moment, item) });
      }),
    );
  }
  if (actions.send.length > 0) {
    const sends = actions.send.map((send) => compilation.mails.compileSend(send, site.variables));
    compiled.push(
      effectAction((context): readonly Effect[] =>
        sends.map((send) => send(compilation.values(context, site.state), compilation.moment())),
      ),
    );
  }
  if (actions.emit !== undefined) {
    compiled.push({ kind: 'raise', event: signalEvent(actions.emit, site.state) });
  }
  return compiled;
}

/** Compiles `add`: one more item for the state's `forEach`. */
function addAction(
  { add }: Transition,
  { state, variables }: RuleSite,
  compilation: Compilation,
): readonly MachineAction[] {
  const forEach = compilation.forEach(state);
  if (add === undefined || forEach === undefined) return [];
  const formula = compileFormula(add, variables, forEach.type);
  const validate = compilation.validator.compile(forEach.schema);
  const trim = compilation.trimOf(forEach.schema);
  return [
    changeContext((context) => {
      const value = trim(formula(compilation.values(context, state), compilation.moment()));
      refuseUnfit(forEach.list ?? [forEach.item], validate(value));
      return addItem(context, state, forEach, value);
    }),
  ];
}

function undoActions(
  rule: Transition,
  site: RuleSite,
  compilation: Compilation,
): readonly MachineAction[] {
  const { undo, to } = rule;
  if (undo === undefined || to === undefined) return [];
  if (undo === '') return [undoAllTo(destinationOf(rule), compilation)];
  const region = undoingRegion(compilation.workflow.root, site.state, rule);
  return [takeBack(undo, { state: destinationOf(rule) }, region)];
}

/**
 * Puts all that the case has done on its undo list, latest first, and the case as a whole last; the
 * state is entered afterwards.
 */
export function undoAllTo(state: string, compilation: Compilation): ContextAction {
  const whole = compileUndo(compilation.workflow.root, compilation);
  return changeContext((context) => {
    const taken = takeAll(context, whole);
    return withUndoList(taken.context, '', { entries: taken.entries, then: { state } });
  });
}
