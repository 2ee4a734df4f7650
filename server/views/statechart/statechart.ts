import { TrellisError } from '../../../engine/index.ts';
import type { Workflow } from '../../../engine/index.ts';
import { TrustedHtml } from '../html.ts';
import type { DiagramView } from '../pages/diagram-view.ts';
import { plainText } from '../texts/names.ts';
import { arrangeApart } from './arrange.ts';
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
   * Draws a workflow; with `marks`, where one of its cases stands. In place of a picture that cannot
   * be drawn, or not just now, stands a sentence that says so; the rows tell it all.
   */
  of(workflow: Workflow, marks?: Marks): Promise<DiagramView>;
}

interface Plan {
  readonly chart: Chart;
  /** `undefined` for what cannot be drawn; `LATE` for what was not drawn in time. */
  readonly layout: Promise<ChartLayout | typeof LATE | undefined>;
}

const NOWHERE: Marks = { current: [], visited: [] };
const TOO_LARGE =
  'This workflow is too large to draw. The diagram in words, below, tells the same.';
const LATE =
  'The picture is not drawn yet. Try again in a moment; the diagram in words, below, tells the same.';

/** How long a drawing may take, and how long a visitor waits for it, in milliseconds. */
const DRAWING = 10_000;
const PATIENCE = 2_000;

/**
 * Makes the drawer of workflows as statecharts; `arrange` finds places for their parts. Who waits
 * longer than `patience` (Default: 2000 ms) is asked to try again, and finds it drawn then.
 */
export function createDiagrams(
  arrange: Arrange = arrangeApart({ time: DRAWING }),
  patience = PATIENCE,
): Diagrams {
  const plans = new WeakMap<Workflow, Plan>();
  let latest: Promise<unknown> = Promise.resolve();

  const planOf = (workflow: Workflow): Plan => {
    const known = plans.get(workflow);
    if (known !== undefined) return known;
    const title = `${plainText(workflow.title) ?? workflow.name}: the states and what leads from one to the next`;
    const chart = chartOf(workflow, title);
    // One at a time: many large ones together must not take every processor.
    const draw = (): Plan['layout'] => layOutInTime(chart, arrange);
    const layout = latest.then(draw, draw);
    latest = layout;
    plans.set(workflow, { chart, layout });
    // The next visitor may have more luck.
    const forget = (): boolean => plans.delete(workflow);
    layout.then((found) => found === LATE && forget(), forget);
    return { chart, layout };
  };

  return {
    of: async (workflow, marks = NOWHERE) => {
      const { chart, layout } = planOf(workflow);
      const found = await within(patience, layout);
      const picture =
        found === undefined || found === LATE
          ? element('p', { class: 'govuk-body' }, found ?? TOO_LARGE).markup
          : drawChart(found, marks);
      return { picture: new TrustedHtml(picture), rows: chartRows(chart, marks) };
    },
  };
}

async function layOutInTime(
  chart: Chart,
  arrange: Arrange,
): Promise<ChartLayout | typeof LATE | undefined> {
  try {
    return await layOut(chart, arrange);
  } catch (error) {
    if (error instanceof TrellisError && error.code === 'try-again') return LATE;
    throw error;
  }
}

/** What is there by then; else `LATE`, and it goes on by itself. */
async function within<T>(patience: number, work: Promise<T>): Promise<T | typeof LATE> {
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    alarm = setTimeout(() => {
      resolve(LATE);
    }, patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(alarm);
  }
}
