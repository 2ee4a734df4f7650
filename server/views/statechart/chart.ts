import type { State, StateOf, Workflow } from '../../../engine/index.ts';
import type { ChartKind } from './state-words.ts';
import { stateNotes } from './state-notes.ts';
import { stateName, workCaption } from './state-words.ts';
import type { WayOut } from './ways-out.ts';
import { waysOut } from './ways-out.ts';

/** A state as it is drawn. */
export interface ChartNode {
  readonly id: string;
  readonly name: string;
  readonly kind: ChartKind;
  readonly caption?: string;
  /** What belongs to it beside its work and its ways out, a phrase each. */
  readonly notes: readonly string[];
  readonly children: readonly ChartNode[];
  /** The child in which it begins, for `states` alone. */
  readonly initial?: string;
  readonly ways: readonly WayOut[];
}

/** An arrow: all ways from one state to another. */
export interface ChartEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly ways: readonly WayOut[];
}

/** What the picture and its text alternative show of a workflow. */
export interface Chart {
  readonly title: string;
  readonly initial: string;
  readonly nodes: readonly ChartNode[];
  readonly edges: readonly ChartEdge[];
  /** What holds in every state. */
  readonly everywhere: readonly WayOut[];
}

/** Reads from a workflow what is drawn of it. `title` stands for what is charted. */
export function chartOf(workflow: Workflow, title: string): Chart {
  const { root } = workflow;
  const nodes = root.children.map((child) => chartNode(child, workflow));
  const drawn = new Map(flatten(nodes).map((node) => [node.id, node]));
  return {
    title,
    initial: shownAs(root.initial, drawn),
    nodes,
    edges: flatten(nodes).flatMap((node) => edgesOf(node, drawn)),
    everywhere: waysOut(root, workflow),
  };
}

/** Lists nodes with all that lies inside them, outer ones first. */
export function flatten(nodes: readonly ChartNode[]): readonly ChartNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}

function chartNode(state: State, workflow: Workflow): ChartNode {
  const work = state.kind === 'states' ? onlyWork(state) : undefined;
  if (work !== undefined) return oneWorkNode(state, work, workflow);
  const caption = workCaption(state);
  const children = 'children' in state ? state.children : [];
  return {
    id: state.id,
    name: stateName(state),
    kind: state.kind,
    ...(caption === undefined ? {} : { caption }),
    notes: stateNotes(state),
    children: children.map((child) => chartNode(child, workflow)),
    ...(state.kind === 'states' ? { initial: state.initial } : {}),
    ways: waysOut(state, workflow),
  };
}

/** A region that its author wrote as one piece of work is drawn as that work. */
function oneWorkNode(region: State, work: State, workflow: Workflow): ChartNode {
  const caption = workCaption(work);
  const leaving = waysOut(work, workflow).filter(({ to }) => !isWithin(to, region.id));
  return {
    id: region.id,
    name: stateName(region),
    kind: work.kind,
    ...(caption === undefined ? {} : { caption }),
    notes: [...stateNotes(work), ...stateNotes(region)],
    children: [],
    ways: [...leaving, ...waysOut(region, workflow)],
  };
}

function onlyWork(state: StateOf<'states'>): State | undefined {
  const [work, ...ends] = state.children;
  const written = work?.path.length === state.path.length;
  return written && ends.every(({ kind }) => kind === 'final') ? work : undefined;
}

function isWithin(to: string | undefined, region: string): boolean {
  return to?.startsWith(`${region}/`) === true;
}

function edgesOf(node: ChartNode, drawn: ReadonlyMap<string, ChartNode>): readonly ChartEdge[] {
  const byTarget = new Map<string, WayOut[]>();
  for (const way of node.ways) {
    if (way.to === undefined) continue;
    const to = shownAs(way.to, drawn);
    byTarget.set(to, [...(byTarget.get(to) ?? []), way]);
  }
  return [...byTarget].map(([to, ways]) => ({ id: `${node.id} > ${to}`, from: node.id, to, ways }));
}

/** The state itself, or the innermost drawn one around it. */
function shownAs(id: string, drawn: ReadonlyMap<string, ChartNode>): string {
  if (drawn.has(id) || !id.includes('/')) return id;
  return shownAs(id.slice(0, id.lastIndexOf('/')), drawn);
}
