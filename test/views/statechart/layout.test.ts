import { expect } from 'chai';
import fc from 'fast-check';
import { chartOf } from '../../../server/views/statechart/chart.ts';
import type { Chart, ChartNode } from '../../../server/views/statechart/chart.ts';
import { layOut } from '../../../server/views/statechart/layout.ts';
import type { Box, ChartLayout } from '../../../server/views/statechart/layout.ts';
import { onlineQuoteWorkflow } from './sample-workflow.ts';

describe('the layout of a statechart', () => {
  it('gives every part of the bundled workflow a place of its own', async () => {
    expectTidy(await layOut(chartOf(onlineQuoteWorkflow(), 'Online quote')));
  }).timeout(20_000);

  it('is the same every time', async () => {
    const chart = chartOf(onlineQuoteWorkflow(), 'Online quote');
    expect(await layOut(chart)).to.deep.equal(await layOut(chart));
  }).timeout(20_000);

  it('copes with arrows to itself, into a group, out of one, and back', async () => {
    const inner = [leaf('a/x', ['a/x', 'b']), leaf('a/y', ['a/x'])];
    const group = { ...leaf('a', ['a/y', 'b']), kind: 'states', children: inner, initial: 'a/x' };
    const layout = await layOut(chart([group as ChartNode, leaf('b', ['a', 'a/y'])]));
    expectTidy(layout);
    expect(layout.starts).to.have.length(2);
  }).timeout(20_000);

  it('gives every part a place, whatever leads where', async () => {
    const size = fc.integer({ min: 1, max: 9 });
    const arrows = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(size, arrows, async (count, pairs) => {
        const ids = Array.from({ length: count }, (_, index) => `s${index}`);
        const id = (index: number): string => ids[index % count] ?? 's0';
        const nodes = ids.map((name) =>
          leaf(name, [
            ...new Set(pairs.filter(([from]) => id(from) === name).map(([, to]) => id(to))),
          ]),
        );
        expectTidy(await layOut(chart(nodes)));
      }),
      { numRuns: 12 },
    );
  }).timeout(60_000);
});

function leaf(id: string, leadsTo: readonly string[]): ChartNode {
  const ways = leadsTo.map((to) => ({ to, label: `To ${to}`, undo: false }));
  return { id, name: `State ${id}`, kind: 'plain', children: [], ways };
}

function chart(nodes: readonly ChartNode[]): Chart {
  const all = nodes.flatMap((node) => [node, ...node.children]);
  const edges = all.flatMap(({ id, ways }) =>
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
