import type { Assignment } from '../definition/values.ts';
import type { State, StateOf } from '../definition/state.ts';
import type { Fix, Path, Problem } from '../problem.ts';
import { nearestName } from '../types/nearest-name.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { error } from './place.ts';
import { receiverOf } from './undo-receiver.ts';

/** What one operation, or child case, is given by a state. */
interface Given {
  readonly path: Path;
  readonly receiver: string;
  readonly input: ValueType;
  readonly with: readonly Assignment[];
}

/** Checks that every operation and child case gets all that it needs, and nothing that it does not know. */
export function checkInputs(checkup: Checkup): readonly Problem[] {
  return [...checkup.chart.states.values()]
    .flatMap((state) => givenBy(checkup, state))
    .flatMap((given) => [...unknownInputs(checkup, given), ...missingInputs(given)]);
}

function givenBy(checkup: Checkup, state: State): readonly Given[] {
  return [...givenToWork(checkup, state), ...givenToUndo(checkup, state)];
}

function givenToWork({ core }: Checkup, state: State): readonly Given[] {
  if (state.kind === 'start') return givenToStarted(core, state);
  if (state.kind !== 'run' && state.kind !== 'call') return [];
  const receiver = state.kind === 'run' ? state.workflow : state.operation;
  const known = state.kind === 'run' ? core.runnables.get(receiver) : core.operations.get(receiver);
  const path = [...state.path, 'with'];
  return known ? [{ path, receiver, input: known.input, with: state.with }] : [];
}

function givenToUndo({ core }: Checkup, { undo }: State): readonly Given[] {
  if (undo === undefined) return [];
  const { name, input } = receiverOf(undo, core);
  return input ? [{ path: undo.path, receiver: name, input, with: undo.with }] : [];
}

function givenToStarted(core: Checkup['core'], state: StateOf<'start'>): readonly Given[] {
  const input = core.runnables.get(state.workflow)?.input;
  const path = [...state.path, 'start', 'with'];
  return input ? [{ path, receiver: state.workflow, input, with: state.with }] : [];
}

function unknownInputs({ map }: Checkup, given: Given): readonly Problem[] {
  return given.with.flatMap((assignment) => {
    const { path, target } = assignment;
    const name = target.join('.');
    const names = given.input.kind === 'object' ? Object.keys(given.input.fields) : [];
    if (names.includes(name)) return [];
    const meant = nearestName(name, names);
    const problem = error(
      'unknown-input',
      path,
      `“${given.receiver}” takes nothing called "${name}". ` +
        (meant === undefined ? `It takes: ${names.join(', ')}.` : `Did you mean "${meant}"?`),
    );
    if (map === undefined || meant === undefined) return [problem];
    const position = map.locateKey(path);
    const { from, to } = position;
    const fix: Fix = { title: `Write "${meant}"`, edits: [{ from, to, text: meant }] };
    return [{ ...problem, position, fix }];
  });
}

function missingInputs({ path, receiver, input, with: assignments }: Given): readonly Problem[] {
  if (input.kind !== 'object') return [];
  const given = assignments.map(({ target }) => target.join('.'));
  return input.required
    .filter((name) => !given.includes(name))
    .map((name) => {
      const type = input.fields[name];
      const kind = type === undefined ? '' : ` (${showKind(type)})`;
      return error(
        'input-missing',
        path,
        `“${receiver}” needs "${name}"${kind}, and nothing is given for it. ` +
          `Add a line "${name}: …" under "with".`,
      );
    });
}
