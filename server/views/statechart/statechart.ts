import type { Workflow } from '../../../engine/index.ts';
import { TrustedHtml } from '../html.ts';
import type { DiagramView } from '../pages/diagram-view.ts';
import { plainText } from '../texts/names.ts';
import type { Arrange } from './arrange.ts';
import { chartOf } from './chart.ts';
import type { Chart } from './chart.ts';
import { drawChart } from './draw-chart.ts';
import { layOut } from './layout.ts';
import type { ChartLayout } from './layout.ts';
import { element } from './markup.ts';
import type { Marks } from './marks.ts';
import { chartRows } from './rows.ts';

/** Draws workflows, each laid out once for as long as it is in memory. */
export interface Diagrams {
  /**
   * Draws a workflow; with `marks`, where one of its cases stands. In place of the picture of one
   * too large to be drawn stands a sentence that says so; the rows tell it all.
   */
  of(workflow: Workflow, marks?: Marks): Promise<DiagramView>;
}

interface Plan {
  readonly chart: Chart;
  readonly layout: ChartLayout | undefined;
}

const NOWHERE: Marks = { current: [], visited: [] };
const TOO_LARGE =
  'This workflow is too large to draw. The diagram in words, below, tells the same.';

/** Makes the drawer of workflows as statecharts; `arrange` finds places for their parts. */
export function createDiagrams(arrange?: Arrange): Diagrams {
  const plans = new WeakMap<Workflow, Promise<Plan>>();
  let latest: Promise<unknown> = Promise.resolve();

  const planOf = (workflow: Workflow): Promise<Plan> => {
    const known = plans.get(workflow);
    if (known !== undefined) return known;
    const title = `${plainText(workflow.title) ?? workflow.name}: the states and what leads from one to the next`;
    const chart = chartOf(workflow, title);
    const plan = async (): Promise<Plan> => ({ chart, layout: await layOut(chart, arrange) });
    // One at a time: many large ones together must not take every processor.
    const made = latest.then(plan, plan);
    latest = made;
    plans.set(workflow, made);
    // Without a thread to be had, the next visitor may have more luck.
    made.catch(() => plans.delete(workflow));
    return made;
  };

  return {
    of: async (workflow, marks = NOWHERE) => {
      const { chart, layout } = await planOf(workflow);
      const picture =
        layout === undefined
          ? element('p', { class: 'govuk-body' }, TOO_LARGE).markup
          : drawChart(layout, marks);
      return { picture: new TrustedHtml(picture), rows: chartRows(chart, marks) };
    },
  };
}
