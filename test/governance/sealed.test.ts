import { expect } from 'chai';
import type { Sealed } from '../../engine/governance/erasure/sealed.ts';
import {
  isAsSealed,
  isErased,
  personalPart,
  publicBody,
  sealBody,
  wholeBody,
} from '../../engine/governance/erasure/sealed.ts';
import { readSealed } from '../../engine/governance/erasure/read-sealed.ts';
import { GENESIS, entryHash, verifyChain } from '../../engine/governance/history.ts';

const BODY = { form: { data: { email: 'ada@example.org', amount: 3 }, own: { tags: ['a', 'b'] } } };
const AT = [
  ['form', 'data', 'email'],
  ['form', 'own', 'tags', 1],
];
const SALT = 'a'.repeat(22);

function entry(sealed: ReturnType<typeof sealBody>): Parameters<typeof verifyChain>[1][number] {
  const facts = {
    ...{ caseId: 'c', seq: 1, at: 5, kind: 'outcome', snapshotDigest: 'x' },
    ...{ actor: { kind: 'staff', id: 'u', name: 'U' } as const, ...sealed },
  };
  return { ...facts, previous: GENESIS, hash: entryHash(GENESIS, facts) };
}

const SEALED: Sealed = sealBody(BODY, AT, SALT).sealed ?? { format: 2, at: [], digest: '' };

describe('a sealed body', () => {
  const sealed = sealBody(BODY, AT, SALT);

  it('has nothing in the place of its values, and is whole again with them', () => {
    const open = publicBody(sealed);
    expect(open).to.deep.equal({
      form: { data: { email: null, amount: 3 }, own: { tags: ['a', null] } },
    });
    expect(JSON.stringify([open, sealed.sealed])).not.to.contain('ada');
    const part = personalPart(sealed);
    expect(part).to.deep.equal({ salt: SALT, values: ['ada@example.org', 'b'] });
    const whole = wholeBody(open, SEALED, part);
    expect(whole).to.deep.equal(sealed);
    expect(isErased(whole)).to.equal(false);
  });

  it('has another digest with another salt, or another value', () => {
    const digest = sealed.sealed?.digest;
    expect(sealBody(BODY, AT, 'b'.repeat(22)).sealed?.digest).not.to.equal(digest);
    const other = {
      ...sealed,
      body: { form: { ...BODY.form, data: { email: 'eve', amount: 3 } } },
    };
    expect(isAsSealed(sealed)).to.equal(true);
    expect(isAsSealed(other)).to.equal(false);
  });

  it('keeps its place in the chain when its values are erased, and loses it when they are changed', () => {
    const whole = entry(sealed);
    expect(verifyChain('c', [whole]).ok).to.equal(true);
    const erased = entry(wholeBody(publicBody(sealed), SEALED, undefined));
    expect(erased.hash).to.equal(whole.hash);
    expect(isErased(erased)).to.equal(true);
    expect(erased.body).to.deep.equal(publicBody(sealed));
    expect(verifyChain('c', [erased]).ok).to.equal(true);
    const swapped = { ...whole, body: { form: { ...BODY.form, own: { tags: ['a', 'z'] } } } };
    expect(verifyChain('c', [swapped])).to.include({ ok: false, kind: 'edited' });
    const salted = { ...whole, salt: 'c'.repeat(22) };
    expect(verifyChain('c', [salted])).to.include({ ok: false, kind: 'edited' });
    const elsewhere = { ...whole, sealed: { ...SEALED, at: [] } };
    expect(verifyChain('c', [elsewhere])).to.include({ ok: false, kind: 'edited' });
  });

  it('is not read where something else stands in the place of a value', () => {
    const text = {
      body: JSON.stringify(publicBody(sealed)),
      sealed: JSON.stringify(sealed.sealed),
      personal: JSON.stringify(personalPart(sealed)),
    };
    expect(readSealed(text)).to.deep.equal(sealed);
    expect(readSealed({ ...text, body: JSON.stringify(BODY) })).to.equal(undefined);
    expect(readSealed({ ...text, sealed: '{"format":3,"at":[],"digest":"x"}' })).to.equal(
      undefined,
    );
    expect(readSealed({ ...text, personal: '{"salt":"x","values":[]}' })).to.equal(undefined);
    expect(readSealed({ body: text.body, personal: text.personal })).to.equal(undefined);
    expect(readSealed({ body: text.body })).to.deep.equal({ body: publicBody(sealed) });
  });
});
