import type { Workflow } from '../../../engine/index.ts';
import { TrustedHtml } from '../html.ts';
import type { DiagramView } from '../pages/diagram-view.ts';
import { plainText } from '../texts/names.ts';
import { chartOf } from './chart.ts';
import { drawChart } from './draw-chart.ts';
import { layOut } from './layout.ts';
import type { ChartLayout } from './layout.ts';
import type { Marks } from './marks.ts';
import { chartRows } from './rows.ts';

/** Draws workflows, each laid out once for as long as it is in memory. */
export interface Diagrams {
  /** Draws a workflow; with `marks`, where one of its cases stands. */
  of(workflow: Workflow, marks?: Marks): Promise<DiagramView>;
}

const NOWHERE: Marks = { current: [], visited: [] };

/** Makes the drawer of workflows as statecharts. */
export function createDiagrams(): Diagrams {
  const layouts = new WeakMap<Workflow, Promise<ChartLayout>>();
  const layoutOf = (workflow: Workflow): Promise<ChartLayout> => {
    const known = layouts.get(workflow);
    if (known !== undefined) return known;
    const title = `${plainText(workflow.title) ?? workflow.name}: the states and what leads from one to the next`;
    const made = layOut(chartOf(workflow, title));
    layouts.set(workflow, made);
    return made;
  };
  return {
    of: async (workflow, marks = NOWHERE) => {
      const layout = await layoutOf(workflow);
      return {
        picture: new TrustedHtml(drawChart(layout, marks)),
        rows: chartRows(layout.chart, marks),
      };
    },
  };
}
