import type { ElkExtendedEdge, ElkNode, ElkPoint } from 'elkjs/lib/elk.bundled.js';
import type { Arrange } from './arrange.ts';
import type { Chart, ChartEdge, ChartNode } from './chart.ts';
import { flatten } from './chart.ts';
import { edgeLabel } from './edge-label.ts';
import type { EdgeLabel } from './edge-label.ts';
import { nodeText } from './node-text.ts';
import type { NodeText } from './node-text.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A state with its place. Outer states come before what lies inside them. */
export interface PlacedNode extends Box {
  readonly node: ChartNode;
  readonly text: NodeText;
}

/** An arrow with its bends, and its label where it has one. */
export interface PlacedEdge {
  readonly edge: ChartEdge;
  readonly points: readonly ElkPoint[];
  readonly label?: EdgeLabel & Box;
}

/** A chart with the place of every part, in pixels from its upper left corner. */
export interface ChartLayout {
  readonly chart: Chart;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The dots at which the chart and its groups begin, with the arrows from them. */
  readonly starts: readonly { readonly dot: Box; readonly points: readonly ElkPoint[] }[];
}

const ROOT = ' root';
const START = ' start';
const DOT = 12;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '32',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '5',
  'elk.layered.spacing.nodeNodeBetweenLayers': '40',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'json.edgeCoords': 'ROOT',
  'json.shapeCoords': 'ROOT',
};

/** Up to so many arrows the handsome strategy is quick; beyond, its time explodes. */
const HANDSOME_ARROWS = 40;

/**
 * Finds a place for every part of a chart; `undefined` for one too large to be drawn. Takes a second
 * or more: keep what it gives.
 */
export async function layOut(chart: Chart, arrange: Arrange): Promise<ChartLayout | undefined> {
  const placed = await arrange(elkGraph(chart));
  if (placed === undefined) return undefined;
  const boxes = new Map(shapesIn(placed).map((shape) => [shape.id, boxOf(shape)]));
  const arrows = new Map(arrowsIn(placed).map((arrow) => [arrow.id, arrow]));
  const box = (id: string): Box => boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const nodes = flatten(chart.nodes);
  return {
    chart,
    width: Math.ceil(placed.width ?? 0),
    height: Math.ceil(placed.height ?? 0),
    nodes: nodes.map((node) => ({ node, text: nodeText(node), ...box(node.id) })),
    edges: chart.edges.map((edge) => placedEdge(edge, arrows.get(edge.id))),
    starts: [ROOT, ...nodes.filter(({ initial }) => initial !== undefined).map(({ id }) => id)].map(
      (id) => ({ dot: box(`${id}${START}`), points: pointsOf(arrows.get(`${id}${START}`)) }),
    ),
  };
}

function elkGraph(chart: Chart): ElkNode {
  return {
    id: ROOT,
    layoutOptions: { ...OPTIONS, 'elk.layered.nodePlacement.strategy': placement(chart) },
    children: [dot(ROOT), ...chart.nodes.map(elkNode)],
    edges: [
      startArrow(ROOT, chart.initial),
      ...flatten(chart.nodes).flatMap(({ id, initial }) =>
        initial === undefined ? [] : [startArrow(id, initial)],
      ),
      ...chart.edges.map(elkEdge),
    ],
  };
}

function placement({ edges }: Chart): string {
  return edges.length <= HANDSOME_ARROWS ? 'NETWORK_SIMPLEX' : 'BRANDES_KOEPF';
}

function elkNode(node: ChartNode): ElkNode {
  const { width, height } = nodeText(node);
  if (node.children.length === 0) return { id: node.id, width, height };
  return {
    id: node.id,
    children: [
      ...(node.initial === undefined ? [] : [dot(node.id)]),
      ...node.children.map(elkNode),
    ],
    layoutOptions: {
      'elk.padding': `[top=${height + 20},left=20,bottom=20,right=20]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${width},${height})`,
    },
  };
}

function dot(id: string): ElkNode {
  return { id: `${id}${START}`, width: DOT, height: DOT };
}

function startArrow(id: string, initial: string): ElkExtendedEdge {
  return { id: `${id}${START}`, sources: [`${id}${START}`], targets: [initial] };
}

function elkEdge(edge: ChartEdge): ElkExtendedEdge {
  const label = edgeLabel(edge);
  const arrow = { id: edge.id, sources: [edge.from], targets: [edge.to] };
  if (label === undefined) return arrow;
  const { width, height } = label;
  // ELK leaves a label without text where it is.
  const layoutOptions = { 'elk.edgeLabels.inline': 'true' };
  return { ...arrow, labels: [{ text: ' ', width, height, layoutOptions }] };
}

function shapesIn(node: ElkNode): readonly ElkNode[] {
  return (node.children ?? []).flatMap((child) => [child, ...shapesIn(child)]);
}

function arrowsIn(node: ElkNode): readonly ElkExtendedEdge[] {
  return [...(node.edges ?? []), ...(node.children ?? []).flatMap(arrowsIn)];
}

function placedEdge(edge: ChartEdge, arrow: ElkExtendedEdge | undefined): PlacedEdge {
  const label = edgeLabel(edge);
  const place = arrow?.labels?.[0];
  const points = pointsOf(arrow);
  if (label === undefined || place === undefined) return { edge, points };
  return { edge, points, label: { ...label, ...boxOf(place) } };
}

function pointsOf(arrow: ElkExtendedEdge | undefined): readonly ElkPoint[] {
  return (arrow?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height };
}
