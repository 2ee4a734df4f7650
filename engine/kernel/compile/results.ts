import type { State } from '../definition/workflow.ts';
import type { JsonObject } from '../json.ts';
import type { CaseContext, LedgerEntry, StepMoment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileInput } from './work.ts';

type Names = Readonly<Record<string, unknown>>;

/** What becomes of the answer to a state's work. */
export interface Results {
  /** The case's data with the answer saved. */
  save(context: CaseContext, names: Names, moment: StepMoment): JsonObject;
  /** How the finished work can be taken back, worked out over the data as saved. */
  undo?(
    context: CaseContext,
    names: Names,
    visit: number,
    moment: StepMoment,
  ): LedgerEntry | undefined;
}

/** Compiles `save` and `undo` of every state whose work gives an answer. */
export function compileResults(
  states: ReadonlyMap<string, State>,
  compilation: Compilation,
): ReadonlyMap<string, Results> {
  const compiled = new Map<string, Results>();
  for (const [id, state] of states) {
    const results = resultsOf(state, compilation);
    if (results !== undefined) compiled.set(id, results);
  }
  return compiled;
}

function resultsOf(state: State, compilation: Compilation): Results | undefined {
  if (state.kind !== 'call' && state.kind !== 'run' && state.kind !== 'wait') return undefined;
  const variables = compilation.scopes.work(state);
  const write = compilation.writes.compile(state.save, variables);
  const valuesWith = (context: CaseContext, names: Names): Names => ({
    ...compilation.values(context, state.id),
    ...names,
  });
  const save: Results['save'] = (context, names, moment) =>
    write(context.data, valuesWith(context, names), moment);
  if (state.kind === 'run') {
    return { save, undo: (_context, _names, visit) => ({ kind: 'child', state: state.id, visit }) };
  }
  if (state.kind === 'wait' || state.undo === undefined) return { save };
  const { operation } = state.undo;
  const type = compilation.core.operations.get(operation)?.input;
  const input = compileInput(state.undo.with, variables, type);
  return {
    save,
    undo: (context, names, visit, moment) => ({
      kind: 'call',
      state: state.id,
      visit,
      operation,
      input: input(valuesWith(context, names), moment),
    }),
  };
}
