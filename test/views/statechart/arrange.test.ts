import { expect } from 'chai';
import type { ElkNode } from 'elkjs/lib/elk.bundled.js';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { arrangeApart } from '../../../server/views/statechart/arrange.ts';
import { createDiagrams } from '../../../server/views/statechart/statechart.ts';
import { until } from '../../until.ts';
import { arrangeHere } from './laid-out.ts';
import { onlineQuoteWorkflow } from './sample-workflow.ts';

describe('arranging on a thread of its own', () => {
  it('finds the same places as on this one, and leaves the graph as it was', async () => {
    const graph = tangle(4);
    const before = structuredClone(graph);
    const apart = await arrangeApart()(graph);
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
      const late = arrangeApart({ time: 1_500 })(tangle(60)).catch(codeOf);
      expect(await late).to.equal('try-again');
    } finally {
      clearInterval(heart);
    }
    expect(performance.now() - began, 'not before its deadline').to.be.at.least(1_490);
    expect(beats).to.be.greaterThan(10);
  }).timeout(30_000);

  it('gives up where the memory is not enough, and the host lives', async () => {
    const arrange = arrangeApart({ time: 20_000, memory: 8 });
    const starved = arrange(tangle(4)).catch(codeOf);
    expect(await starved).to.equal('try-again');
  }).timeout(30_000);

  it('gives up on a graph that ELK refuses', async () => {
    const edges = [{ id: 'e', sources: ['s0'], targets: ['nowhere'] }];
    expect(await arrangeApart()({ ...tangle(1), edges })).to.equal(undefined);
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

  it('ask to try again in place of a picture that came too late, and do', async () => {
    let tries = 0;
    const diagrams = createDiagrams((graph) => {
      tries += 1;
      const late = new TrellisError('try-again', 'It took too long.');
      return tries === 1 ? Promise.reject(late) : arrangeHere(graph);
    });
    const { picture, rows } = await diagrams.of(workflow);
    expect(picture.toHTML()).to.include('Try again in a moment');
    expect(rows).to.not.deep.equal([]);
    expect((await diagrams.of(workflow)).picture.toHTML()).to.match(/^<svg /u);
  }).timeout(30_000);

  it('keep nobody waiting for long, and are there at the next visit', async () => {
    let finish: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => (finish = resolve));
    const diagrams = createDiagrams(async (graph) => {
      await asked;
      return arrangeHere(graph);
    }, 5);
    expect((await diagrams.of(workflow)).picture.toHTML()).to.include('Try again in a moment');
    finish?.();
    const drawn = async (): Promise<boolean> =>
      (await diagrams.of(workflow)).picture.toHTML().startsWith('<svg ');
    await until('the picture', drawn);
  }).timeout(30_000);

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

function codeOf(error: unknown): string {
  return error instanceof TrellisError ? error.code : String(error);
}

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
