import type { State } from '../definition/state.ts';
import type { Visit } from '../effects.ts';
import type { JsonObject } from '../json.ts';
import type { CaseContext, LedgerEntry, StepMoment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { compileInput } from './work.ts';

type Names = Readonly<Record<string, unknown>>;

/** What becomes of the answer to a state's work. */
export interface Results {
  /** The case's data with the answer saved; that of one item, with its number. */
  save(context: CaseContext, names: Names, moment: StepMoment, item?: number): JsonObject;
  /** How the finished work can be taken back, worked out over the data as saved. */
  undo?(
    context: CaseContext,
    names: Names,
    visit: Visit,
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
  if (!('save' in state) || state.kind === 'decide') return undefined;
  const variables = compilation.scopes.work(state);
  const write = compilation.writes.compile(state.save, variables);
  const valuesWith = (context: CaseContext, names: Names, item?: number): Names =>
    Object.assign({}, compilation.values(context, state.id, item), names);
  const save: Results['save'] = (context, names, moment, item) =>
    write(context.data, valuesWith(context, names, item), moment, item);
  if (state.kind === 'run') {
    return { save, undo: (_context, _names, visit) => ({ kind: 'child', ...visit }) };
  }
  if (state.kind !== 'call' || state.undo === undefined) return { save };
  const { operation } = state.undo;
  const type = compilation.core.operations.get(operation)?.input;
  const input = compileInput(state.undo.with, variables, type);
  return {
    save,
    undo: (context, names, visit, moment) => ({
      kind: 'call',
      ...visit,
      operation,
      input: input(valuesWith(context, names, visit.item), moment),
    }),
  };
}
