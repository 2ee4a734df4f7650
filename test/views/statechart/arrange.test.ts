import { expect } from 'chai';
import type { ElkNode } from 'elkjs/lib/elk.bundled.js';
import { arrangeApart } from '../../../server/views/statechart/arrange.ts';
import { createDiagrams } from '../../../server/views/statechart/statechart.ts';
import { arrangeHere } from './laid-out.ts';
import { onlineQuoteWorkflow } from './sample-workflow.ts';

describe('arranging on a thread of its own', () => {
  it('finds the same places as on this one, and leaves the graph as it was', async () => {
    const graph = tangle(4);
    const before = structuredClone(graph);
    const apart = await arrangeApart(graph);
    expect(graph).to.deep.equal(before);
    expect(places(apart)).to.deep.equal(places(await arrangeHere(graph)));
    expect(places(apart)).to.have.length(4);
  }).timeout(30_000);

  // Without a deadline, this graph takes tens of seconds.
  it('gives up at its deadline, and never stalls the host', async () => {
    let beats = 0;
    const began = performance.now();
    const heart = setInterval(() => (beats += 1), 10);
    try {
      expect(await arrangeApart(tangle(60), { time: 1_500, memory: 256 })).to.equal(undefined);
    } finally {
      clearInterval(heart);
    }
    expect(performance.now() - began, 'not before its deadline').to.be.at.least(1_490);
    expect(beats).to.be.greaterThan(10);
  }).timeout(30_000);

  it('gives up where the memory is not enough, and the host lives', async () => {
    expect(await arrangeApart(tangle(4), { time: 20_000, memory: 8 })).to.equal(undefined);
  }).timeout(30_000);

  it('gives up on a graph that ELK refuses', async () => {
    const edges = [{ id: 'e', sources: ['s0'], targets: ['nowhere'] }];
    expect(await arrangeApart({ ...tangle(1), edges })).to.equal(undefined);
  }).timeout(30_000);
});

describe('diagrams', () => {
  const workflow = onlineQuoteWorkflow();

  it('say so in place of a picture that is too large, and tell it all in words', async () => {
    let tries = 0;
    const diagrams = createDiagrams(() => {
      tries += 1;
      return Promise.resolve(undefined);
    });
    const { picture, rows } = await diagrams.of(workflow);
    expect(picture.toHTML()).to.match(/^<p [^>]*>This workflow is too large to draw\./u);
    expect(rows.map(({ state }) => state)).to.include('Waiting for your answer');
    await diagrams.of(workflow);
    expect(tries, 'not tried again at every visit').to.equal(1);
  });

  it('lay out one workflow at a time, each once', async () => {
    let running = 0;
    let most = 0;
    let tries = 0;
    const diagrams = createDiagrams(async (graph) => {
      running += 1;
      tries += 1;
      most = Math.max(most, running);
      const placed = await arrangeHere(graph);
      running -= 1;
      return placed;
    });
    const other = { ...workflow };
    await Promise.all([workflow, other, workflow, other].map((each) => diagrams.of(each)));
    expect({ most, tries }).to.deep.equal({ most: 1, tries: 2 });
  }).timeout(30_000);

  it('try again after a failure, which spoils no other drawing', async () => {
    let tries = 0;
    const diagrams = createDiagrams((graph) => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('No thread.')) : arrangeHere(graph);
    });
    const failed = diagrams.of(workflow).catch((error: unknown) => String(error));
    const other = diagrams.of({ ...workflow });
    expect(await failed).to.equal('Error: No thread.');
    expect((await other).picture.toHTML()).to.match(/^<svg /u);
    expect((await diagrams.of(workflow)).picture.toHTML()).to.match(/^<svg /u);
  }).timeout(30_000);
});

/** A graph of so many boxes, each leading to three others: with 60 of them, ELK is slow. */
function tangle(count: number): ElkNode {
  const ids = Array.from({ length: count }, (_, index) => `s${index}`);
  const arrows = ids.flatMap((id, index) =>
    [1, 17, 29].map((step) => ({ id, to: ids[(index * step + step) % count] ?? id, step })),
  );
  return {
    id: 'all',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    },
    children: ids.map((id) => ({ id, width: 150, height: 52 })),
    edges: arrows.map(({ id, to, step }) => ({
      id: `${id} ${to} ${step}`,
      sources: [id],
      targets: [to],
      labels: [{ text: ' ', width: 80, height: 20 }],
    })),
  };
}

function places(graph: ElkNode | undefined): readonly unknown[] {
  return (graph?.children ?? []).map(({ id, x, y }) => ({ id, x, y }));
}
