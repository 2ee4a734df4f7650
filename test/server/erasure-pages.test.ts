import { expect } from 'chai';
import { SMALL, askForPrice, caseOf, signedIn } from './quote-journey.ts';
import type { Answer } from './visitor.ts';
import { useHost } from './with-host.ts';

const WHY = ['reason', 'Request 2027-14'] as const;

/** What a page has hidden in its form. */
function hiddenIn({ text }: Answer): readonly (readonly [string, string])[] {
  const inputs = text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/gu);
  return [...inputs].map(([, name = '', value = '']) => [name, value]);
}

describe('the pages of erasure', () => {
  const running = useHost();

  it('show what would go, and erase what was shown and nothing else', async () => {
    const reference = await askForPrice(running(), SMALL);
    const pia = await signedIn(running(), 'pia@meridian.example');
    const wish = [['reference', reference], ['value', ''], WHY] as const;
    const before = await pia.post('/it/erasure', wish);
    expect(before.status).to.equal(200);
    expect(before.text).to.contain(`${reference} stays as it is. It is still running`);
    expect(before.text).not.to.contain('Erase it for good');
    const shown = hiddenIn(before);
    const { host, rest } = running();
    const actor = { kind: 'system', id: 'test', name: 'Test' } as const;
    const caseId = (await caseOf(running(), reference)).id;
    await host.engine.operations.cancel({ caseId, reason: 'test', actor, undo: false });
    await rest();
    const stale = await pia.post('/it/erasure/confirm', [...wish, ['token', 'other']]);
    expect(stale.status).to.equal(409);
    expect(stale.text).to.contain('is not what was shown');
    expect(shown).not.to.deep.equal(hiddenIn(stale));
    expect(JSON.stringify(await host.store.cases.history(caseId))).to.contain(SMALL.company);
    const done = await pia.post('/it/erasure/confirm', hiddenIn(stale));
    expect(done.status).to.equal(303);
    expect((await pia.get(done.location)).text).to.contain('It is erased.');
    const history = await host.store.cases.history(caseId);
    const { seq } = await host.store.governance.newestAct();
    expect(history.at(-1)).to.deep.include({ kind: 'erased', body: { act: seq, reason: WHY[1] } });
  });

  it('say what is missing, and refuse a reason that names the person', async () => {
    const pia = await signedIn(running(), 'pia@meridian.example');
    const post = (fields: readonly (readonly [string, string])[]): Promise<Answer> =>
      pia.post('/it/erasure', fields);
    for (const [fields, text] of [
      [[['value', 'somebody']], 'Say why.'],
      [[WHY], 'at least 3 characters'],
      [[WHY, ['reference', 'Q-9999-1']], 'There is no case with this reference.'],
      [[WHY, ['reference', 'Q-1'], ['value', 'somebody']], 'Give one of the two'],
    ] as const) {
      const answer = await post(fields);
      expect(answer.status, text).to.equal(422);
      expect(answer.text).to.contain(text);
    }
    const named = [
      ['value', 'somebody'],
      ['reason', 'for Somebody'],
      ['token', 'x'],
    ] as const;
    const refused = await pia.post('/it/erasure/confirm', named);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('Write it without');
  });
});
