import { expect } from 'chai';
import fc from 'fast-check';
import { chartOf, flatten } from '../../../server/views/statechart/chart.ts';
import type { Chart, ChartNode } from '../../../server/views/statechart/chart.ts';
import type { Box, ChartLayout } from '../../../server/views/statechart/layout.ts';
import { laidOut } from './laid-out.ts';
import { onlineQuoteWorkflow } from './sample-workflow.ts';

describe('the layout of a statechart', () => {
  it('gives every part of the bundled workflow a place of its own', async () => {
    expectTidy(await laidOut(chartOf(onlineQuoteWorkflow(), 'Online quote')));
  }).timeout(20_000);

  it('is the same every time', async () => {
    const chart = chartOf(onlineQuoteWorkflow(), 'Online quote');
    expect(await laidOut(chart)).to.deep.equal(await laidOut(chart));
  }).timeout(20_000);

  it('copes with arrows to itself, into a group, out of one, and back', async () => {
    const inner = [leaf('a/x', ['a/x', 'b']), leaf('a/y', ['a/x'])];
    const group = { ...leaf('a', ['a/y', 'b']), kind: 'states', children: inner, initial: 'a/x' };
    const layout = await laidOut(chart([group as ChartNode, leaf('b', ['a', 'a/y'])]));
    expectTidy(layout);
    expect(layout.starts).to.have.length(2);
  }).timeout(20_000);

  it('gives every part a place, however deep, whatever leads where', async () => {
    const arrows = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(forest(3), arrows, async (shape, pairs) => {
        const ids = idsIn(shape);
        const id = (index: number): string => ids[index % ids.length] ?? '';
        const targets = (name: string): readonly string[] => [
          ...new Set(pairs.filter(([from]) => id(from) === name).map(([, to]) => id(to))),
        ];
        expectTidy(await laidOut(chart(shape.map((tree, index) => grown(tree, index, targets)))));
      }),
      { numRuns: 25 },
    );
  }).timeout(60_000);

  it('still gives every part a place where the arrows are many', async () => {
    const ids = Array.from({ length: 24 }, (_, index) => `s${index}`);
    const near = (index: number): readonly string[] =>
      [1, 2, 5].flatMap((step) => ids[index + step] ?? []);
    const large = chart(ids.map((id, index) => leaf(id, near(index))));
    expect(large.edges.length).to.be.greaterThan(40);
    expectTidy(await laidOut(large));
  }).timeout(30_000);
});

/** A state that may hold others: in `states` it begins in the first, in `parallel` in all. */
interface Tree {
  readonly parallel: boolean;
  readonly children: readonly Tree[];
}

function forest(depth: number): fc.Arbitrary<readonly Tree[]> {
  const children = depth === 1 ? fc.constant([]) : fc.oneof(fc.constant([]), forest(depth - 1));
  const tree = fc.record({ parallel: fc.boolean(), children });
  return fc.array(tree, { minLength: 1, maxLength: 4 });
}

function idsIn(trees: readonly Tree[], outer = ''): readonly string[] {
  return trees.flatMap(({ children }, index) => {
    const id = `${outer}s${index}`;
    return [id, ...idsIn(children, `${id}/`)];
  });
}

function grown(
  { parallel, children }: Tree,
  index: number,
  targets: (id: string) => readonly string[],
  outer = '',
): ChartNode {
  const id = `${outer}s${index}`;
  const node = leaf(id, targets(id));
  if (children.length === 0) return node;
  const inside = children.map((child, at) => grown(child, at, targets, `${id}/`));
  return parallel
    ? { ...node, kind: 'parallel', children: inside }
    : { ...node, kind: 'states', children: inside, initial: `${id}/s0` };
}

function leaf(id: string, leadsTo: readonly string[]): ChartNode {
  const ways = leadsTo.map((to) => ({ to, label: `To ${to}`, undo: false }));
  return { id, name: `State ${id}`, kind: 'plain', notes: [], children: [], ways };
}

function chart(nodes: readonly ChartNode[]): Chart {
  const edges = flatten(nodes).flatMap(({ id, ways }) =>
    ways.flatMap((way) =>
      way.to === undefined ? [] : [{ id: `${id} > ${way.to}`, from: id, to: way.to, ways: [way] }],
    ),
  );
  return { title: 'Sample', initial: nodes[0]?.id ?? '', nodes, edges, everywhere: [] };
}

/** States stand beside or inside each other, arrows lead somewhere, labels cover no state. */
function expectTidy({
  chart: { edges: drawn },
  nodes,
  edges,
  starts,
  width,
  height,
}: ChartLayout): void {
  const page = { x: 0, y: 0, width, height };
  const leaves = nodes.filter(({ node }) => node.children.length === 0);
  for (const [index, one] of leaves.entries()) {
    expect(contains(page, one), `${one.node.id} is on the page`).to.equal(true);
    for (const other of leaves.slice(index + 1)) {
      expect(overlap(one, other), `${one.node.id} over ${other.node.id}`).to.equal(false);
    }
  }
  for (const group of nodes) {
    for (const child of group.node.children) {
      const inside = nodes.find(({ node }) => node.id === child.id);
      expect(inside && contains(group, inside), `${child.id} in ${group.node.id}`).to.equal(true);
    }
  }
  expect(edges).to.have.length(drawn.length);
  for (const { edge, points, label } of edges) {
    expect(points.length, edge.id).to.be.greaterThan(1);
    if (label === undefined) continue;
    for (const { node, ...box } of leaves) {
      expect(overlap(label, box), `label of ${edge.id} over ${node.id}`).to.equal(false);
    }
  }
  for (const { dot, points } of starts) {
    expect(dot.width).to.be.greaterThan(0);
    expect(points.length).to.be.greaterThan(1);
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(outer: Box, inner: Box): boolean {
  const right = inner.x + inner.width <= outer.x + outer.width;
  const bottom = inner.y + inner.height <= outer.y + outer.height;
  return inner.x >= outer.x && inner.y >= outer.y && right && bottom;
}
