import type { State } from '../../../engine/index.ts';

/** What belongs to a state beside its work and its ways out, a phrase each. */
export function stateNotes(state: State): readonly string[] {
  return [
    ...repetition(state),
    ...joining(state),
    ...condition(state),
    ...limited(state),
    ...takingBack(state),
  ];
}

function repetition(state: State): readonly string[] {
  if (!('forEach' in state)) return [];
  const { in: items, atMost, until } = state.forEach;
  return [
    `for each of ${asLine(items.source)}`,
    ...(atMost === undefined ? [] : [atMost === 1 ? 'one after another' : `${atMost} at once`]),
    ...(until === undefined ? [] : [`until ${asLine(until.source)}`]),
  ];
}

/** All regions must finish unless it says otherwise. */
function joining(state: State): readonly string[] {
  if (state.kind !== 'parallel' || state.join === state.children.length) return [];
  return [state.join === 1 ? 'until one is done' : `until ${state.join} are done`];
}

function condition({ when }: State): readonly string[] {
  return when === undefined ? [] : [`only if ${asLine(when.source)}`];
}

function limited({ limit }: State): readonly string[] {
  if (limit === undefined) return [];
  const { n, name, by } = limit;
  const each = by === undefined ? '' : ` for each ${asLine(by.source)}`;
  return [`${n} at most in ${name}${each}`];
}

function takingBack({ undo }: State): readonly string[] {
  return undo === undefined ? [] : [`taken back by ${undoName(undo)}`];
}

function undoName(undo: NonNullable<State['undo']>): string {
  return undo.kind === 'call' ? undo.operation : undo.workflow;
}

function asLine(source: string): string {
  return source.replaceAll(/\s+/gu, ' ').trim();
}
