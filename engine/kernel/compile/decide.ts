import type { StateOf } from '../definition/state.ts';
import { TrellisError } from '../errors.ts';
import type { Compilation } from './compilation.ts';
import { compileFormula } from './formula.ts';
import type { ContextAction } from './machine-config.ts';
import { changeContext } from './machine-config.ts';
import { complete, compileUndo } from './undos.ts';
import { end, visitOf } from './visits.ts';
import { compileDecision } from '../decisions/compile-decision.ts';

/** Compiles a decision: it is read and saved as soon as its state is entered. */
export function decideOnEntry(state: StateOf<'decide'>, compilation: Compilation): ContextAction {
  const decision = compilation.workflow.decisions.find(({ name }) => name === state.decision);
  if (decision === undefined) {
    throw new TrellisError('not-checked', `There is no decision "${state.decision}".`);
  }
  const variables = compilation.scopes.case;
  const inputs = decision.inputs.map(({ name, value }) => ({
    name,
    formula: compileFormula(value, variables),
  }));
  const table = compileDecision(decision, variables);
  const save = compilation.writes.compile(state.save, compilation.scopes.work(state));
  const undo = compileUndo(state, compilation);
  return changeContext((context) => {
    const moment = compilation.moment();
    const values = compilation.values(context, state.id);
    const result = table.evaluate(inputs.map(({ formula }) => formula(values, moment)));
    const saved = { ...context, data: save(context.data, { ...values, result }, moment) };
    const visit = { state: state.id, visit: visitOf(context, state.id) };
    // `next` may name the result, now or whenever it is read again.
    const names = { result: result ?? null };
    return end(complete(saved, visit, undo, names), state.id, { kind: 'done', names });
  });
}
