import { expect } from 'chai';
import { visitorWith } from './actors.ts';
import { SMALL, askForPrice, caseOf, signedIn } from './quote-journey.ts';
import type { Answer } from './visitor.ts';
import { useHost } from './with-host.ts';

/** Nobody else in these tests has this address. */
const ADA = { ...SMALL, email: 'ada.lovelace@person.example' };
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
    expect(before.text).to.contain(`Look at ${reference}`).and.not.to.contain('/change/cancel');
    const outside = await visitorWith(running(), 'outside', ['privacy-officer']);
    const told = (await outside.post('/it/erasure', wish)).text;
    expect(told).to.contain(`${reference} has to come to its end. An operator or administrator`);
    expect(told).not.to.contain('href="/cases/');
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

  it('lead whoever may call off a case to where that is done, and say what was not erased', async () => {
    const references = [await askForPrice(running(), ADA), await askForPrice(running(), ADA)];
    const [goesOn = '', over = ''] = references;
    const { host, rest } = running();
    const both = await visitorWith(running(), 'both', ['privacy-officer', 'operator']);
    const wish = [['reference', ''], ['value', ADA.email], WHY] as const;
    const actor = { kind: 'system', id: 'test', name: 'Test' } as const;
    const caseId = (await caseOf(running(), over)).id;
    await host.engine.operations.cancel({ caseId, reason: 'test', actor, undo: false });
    await rest();
    const before = await both.post('/it/erasure', wish);
    const href = `/cases/${(await caseOf(running(), goesOn)).id}/change/cancel`;
    expect(before.text).to.contain('What must happen first').and.to.contain(`href="${href}"`);
    expect((await both.get(href)).text).to.contain(`Call off ${goesOn}`);
    const done = await both.post('/it/erasure/confirm', hiddenIn(before));
    expect((await both.get(done.location)).text).to.contain('but for cases that stay');
    expect(JSON.stringify(await host.store.cases.history(caseId))).not.to.contain(ADA.email);
    const called = await both.post(href, [
      ['reason', 'To be erased'],
      ['way', 'plain'],
    ]);
    expect(called.status).to.equal(303);
    await rest();
    const after = await both.post('/it/erasure', wish);
    expect(after.text).not.to.contain('What must happen first');
    const again = await both.post('/it/erasure/confirm', hiddenIn(after));
    expect((await both.get(again.location)).text).to.contain('It is erased. The history');
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
