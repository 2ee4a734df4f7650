import type { Outline, WrittenState } from './outline.ts';
import { kindsOf } from './outline.ts';
import type { KindOfState } from './outline.ts';
import type { Reading } from './reading.ts';

type Key = keyof WrittenState;

const EVERYWHERE = [
  'title',
  'description',
  'milestone',
  'entry',
  'exit',
  'on',
  'after',
  'next',
  'undo',
  'limit',
] as const;

/** What may stand beside each kind of work. */
const ALLOWED: Readonly<Record<KindOfState, readonly Key[]>> = {
  task: EVERYWHERE,
  ask: EVERYWHERE,
  call: [...EVERYWHERE, 'with', 'save', 'done', 'failed', 'retry'],
  run: [...EVERYWHERE, 'with', 'save', 'done', 'failed'],
  start: EVERYWHERE,
  wait: [...EVERYWHERE, 'save', 'done'],
  decide: [...EVERYWHERE, 'save'],
  parallel: [...EVERYWHERE, 'join', 'done'],
  states: [...EVERYWHERE, 'initial', 'done'],
  final: ['title', 'description', 'milestone', 'entry'],
  plain: EVERYWHERE,
};

/** What may stand beside work that `forEach` repeats as well: its items end, and the state is left by `done`. */
const REPEATED: Readonly<Partial<Record<KindOfState, readonly Key[]>>> = {
  task: ['forEach', 'save', 'done'],
  ask: ['forEach', 'save', 'done'],
  call: ['forEach', 'onItemFailed'],
  run: ['forEach', 'onItemFailed'],
};

/** How a state of each kind is left, for the message about a key that has no meaning there. */
const LEFT_BY: Readonly<Record<KindOfState, string>> = {
  task: 'A task is left by `on`.',
  ask: 'An ask is left by `on`.',
  call: 'A call is left by `done` and `failed`.',
  run: 'A run is left by `on`, `done` and `failed`.',
  start: 'A state that starts cases is left by `next`.',
  wait: 'A wait is left by `done`.',
  decide: 'A decision is left by `next`.',
  parallel: 'Regions in parallel are left by `done` and `on`.',
  states: 'A state with states is left by `done` and `on`.',
  final: 'A final state is never left.',
  plain: 'A state without work is left by `next` and `after`.',
};

/** Reports two kinds of work in one state, and keys that mean nothing beside its work. */
export function checkKeys(state: Outline, reading: Reading): void {
  const { written, path } = state;
  const [first, second] = kindsOf(written);
  if (second !== undefined) {
    const message = `A state has one kind of work: take "${String(first)}" or "${second}" out, or make two states.`;
    reading.report.atKey([...path, second], 'two-kinds', message);
    return;
  }
  const kind = first ?? 'plain';
  for (const key of Object.keys(written) as Key[]) {
    const isOfRegion = key === 'when' && state.parent?.kind === 'parallel';
    const repeated = written.forEach === undefined ? [] : (REPEATED[kind] ?? []);
    if (key === kind || isOfRegion || [...ALLOWED[kind], ...repeated].includes(key)) continue;
    report(key, kind, state, reading);
  }
}

function report(key: Key, kind: KindOfState, { path }: Outline, reading: Reading): void {
  const at = [...path, key];
  if (key === 'when') {
    const message =
      '`when` of a state belongs to a region of `parallel`. Write it in the rule that leads here.';
    reading.report.atKey(at, 'misplaced-key', message);
    return;
  }
  const beside = kind === 'plain' ? 'in a state without work' : `beside "${kind}"`;
  const message = `"${key}" has no meaning ${beside}. ${LEFT_BY[kind]}`;
  reading.report.atKey(at, 'misplaced-key', message);
}
