import { expect } from 'chai';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import type { LoadedCore } from '../../../engine/runtime/catalogue.ts';
import { loadCore } from '../../../engine/runtime/catalogue.ts';
import type { Proposed } from '../../../engine/runtime/evolution.ts';
import { impactOnCases } from '../../../engine/runtime/impact/impact-on-cases.ts';
import { meridianFiles } from '../meridian.ts';
import { acceptOffer, startQuote } from '../quote-steps.ts';
import type { Running } from '../with-engine.ts';
import { withEngine } from '../with-engine.ts';

const QUOTE = 'types/Quote.yaml';

describe('running cases that a change of the core concerns', () => {
  it('are counted by version and state, and named where a value of theirs would be wrong', async () => {
    await withEngine(async (running) => {
      const first = await startQuote(running);
      const second = await startQuote(running);
      await acceptOffer(running, second);
      await running.engine.idle();
      const after = changed([
        [QUOTE, 'maxLength: 40, title: Purchase', 'maxLength: 3, title: Purchase'],
      ]);
      const told: unknown[] = [];
      const found = await impactOnCases(partsOf(running), await proposed(running, after), {
        onProgress: (progress) => told.push(progress),
      });
      const quotes = found.find(({ workflow }) => workflow === 'online-quote');
      expect(quotes).to.deep.include({
        version: 1,
        cases: 2,
        states: { 'awaiting-confirmation': 1, offered: 1 },
        invalid: 1,
      });
      const [wrong] = quotes?.examples ?? [];
      expect(wrong).to.deep.include({ id: second, field: 'quote.poNumber' });
      expect(wrong?.message).to.contain('3');
      expect(first).to.not.equal(second);
      expect(told.at(-1)).to.deep.equal({ done: 2, of: 2 });
    });
  });

  it('are none where nothing that they hold has changed', async () => {
    await withEngine(async (running) => {
      await startQuote(running);
      const after = changed([['types/Product.yaml', 'title: ', 'title: New ']]);
      expect(await impactOnCases(partsOf(running), await proposed(running, after))).to.deep.equal(
        [],
      );
      const alsoOf = [{ workflow: 'online-quote', version: 1 }];
      const [counted] = await impactOnCases(partsOf(running), await proposed(running, after), {
        alsoOf,
      });
      expect(counted).to.deep.include({ cases: 1, states: { offered: 1 }, invalid: 0 });
    });
  });

  it('are held against a new type as they would be taken over to it', async () => {
    await withEngine(async (running) => {
      const id = await startQuote(running);
      await acceptOffer(running, id);
      await running.engine.idle();
      const renamed = 'orderText: { type: string, x-alias: poNumber, maxLength: 3,';
      const after = changed([
        [QUOTE, 'poNumber: { type: string, minLength: 1, maxLength: 40,', renamed],
      ]);
      const [quotes] = await impactOnCases(partsOf(running), await proposed(running, after));
      expect(quotes?.examples[0]).to.deep.include({ id, field: 'quote.orderText' });
      const wide = changed([
        [QUOTE, 'poNumber: { type: string,', 'orderText: { type: string, x-alias: poNumber,'],
      ]);
      const [right] = await impactOnCases(partsOf(running), await proposed(running, wide));
      expect(right).to.deep.include({ cases: 1, invalid: 0 });
    });
  });

  it('hold wrong values of what a type refers to', async () => {
    await withEngine(async (running) => {
      const id = await startQuote(running);
      const after = changed([['types/QuoteLine.yaml', 'minimum: 1', 'minimum: 3']]);
      const [quotes] = await impactOnCases(partsOf(running), await proposed(running, after));
      expect(quotes?.examples).to.have.lengthOf(1);
      expect(quotes?.examples[0]).to.deep.include({ id, field: 'lines.0.qty' });
    });
  });

  it('are looked at no further once that is called off', async () => {
    await withEngine(async (running) => {
      await startQuote(running);
      const signal = AbortSignal.abort(new Error('Called off.'));
      const search = impactOnCases(partsOf(running), await proposed(running, changed([])), {
        signal,
        alsoOf: [{ workflow: 'online-quote', version: 1 }],
      });
      expect(await search.catch(String)).to.equal('Error: Called off.');
    });
  });
});

function partsOf({ store, catalogue, clock }: Running): Parameters<typeof impactOnCases>[0] {
  return { cases: store.cases, catalogue, now: clock.now() };
}

async function proposed({ catalogue }: Running, after: LoadedCore): Promise<Proposed> {
  return { before: await catalogue.core('1.1'), after };
}

function changed(changes: readonly (readonly [string, string, string])[]): LoadedCore {
  const files = new Map(meridianFiles());
  for (const [path, from, to] of changes) {
    const text = files.get(path) ?? '';
    expect(text).to.contain(from);
    files.set(path, text.replace(from, to));
  }
  const { core, problems } = readCore(files);
  if (core === undefined) throw new Error(problems[0]?.message);
  return loadCore(core, '1.2');
}
