import type { State } from '../definition/state.ts';
import type { JsonObject } from '../json.ts';
import type { CaseContext, StepMoment } from './case-context.ts';
import type { Compilation } from './compilation.ts';

type Names = Readonly<Record<string, unknown>>;

/** What becomes of the answer to a state's work. */
export interface Results {
  /** The case's data with the answer saved; that of one item, with its number. */
  save(context: CaseContext, names: Names, moment: StepMoment, item?: number): JsonObject;
}

/** Compiles `save` of every state whose work gives an answer. */
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
  return {
    save: (context, names, moment, item) => {
      const values = Object.assign({}, compilation.values(context, state.id, item), names);
      return write(context.data, values, moment, item);
    },
  };
}
