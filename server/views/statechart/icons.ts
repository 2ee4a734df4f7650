import type { ChartKind } from './state-words.ts';

/** Drawn with a line in a square of 18 by 18. A group has none: its frame tells what it is. */
const ICONS: Readonly<Record<ChartKind, string>> = {
  task: 'M9 8.5a3.2 3.2 0 1 0 0-6.4a3.2 3.2 0 1 0 0 6.4M2.8 16.2c.4-3.2 2.9-5.2 6.2-5.2s5.8 2 6.2 5.2z',
  ask: 'M2 4.2h14v9.6h-14zM2 4.8l7 5.2l7-5.2',
  call: 'M6.2 2v4M11.8 2v4M4 6h10v2.6a5 5 0 0 1-10 0zM9 13.6v3',
  run: 'M2.2 2.2h9v9h-9zM6.8 13.8v2h9v-9h-2',
  start: 'M2.2 2.2h9v9h-9zM11.8 14.8h4M13.8 12.8v4',
  wait: 'M9 2.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 1 0 0-13.6M9 5v4.2l2.8 1.8',
  decide: 'M9 1.8l7.2 7.2l-7.2 7.2l-7.2-7.2zM6.6 9h4.8M9.6 7l2 2l-2 2',
  final:
    'M9 2.2a6.8 6.8 0 1 0 0 13.6a6.8 6.8 0 1 0 0-13.6M9 5.8a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4',
  plain: 'M9 5a4 4 0 1 0 0 8a4 4 0 1 0 0-8',
  states: '',
  parallel: '',
};

/** A bent arrow back: taking this way takes back what was done. */
export const UNDO_ICON = 'M3.2 4.2h5a2.6 2.6 0 0 1 0 5.2h-3.6M5.4 1.8l-2.4 2.4l2.4 2.4';

/** The outline of the sign for a kind of work. */
export function iconOf(kind: ChartKind): string {
  return ICONS[kind];
}
