import elk from 'elkjs/lib/elk.bundled.js';
import type { Arrange } from '../../../server/views/statechart/arrange.ts';
import type { Chart } from '../../../server/views/statechart/chart.ts';
import { layOut } from '../../../server/views/statechart/layout.ts';
import type { ChartLayout } from '../../../server/views/statechart/layout.ts';

/** Arranges on this thread: without limits, but without a thread's start for each graph. */
export const arrangeHere: Arrange = (graph) => new elk.default().layout(structuredClone(graph));

/** Lays out a chart that is small enough to be drawn. */
export async function laidOut(chart: Chart): Promise<ChartLayout> {
  const layout = await layOut(chart, arrangeHere);
  if (layout === undefined) throw new Error('The chart was not laid out.');
  return layout;
}
