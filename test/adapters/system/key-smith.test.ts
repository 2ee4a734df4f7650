import { expect } from 'chai';
import { createKeySmith } from '../../../engine/adapters/system/key-smith.ts';
import { isSigned } from '../../../engine/governance/signature.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';

const PASSPHRASE = 'correct horse battery staple';
const smith = createKeySmith();

async function refusal(signing: Promise<string>): Promise<string> {
  return signing.then(
    () => 'signed',
    (error: unknown) => (error instanceof TrellisError ? error.code : String(error)),
  );
}

describe('the smith of keys', () => {
  it('signs with a key that its passphrase opens, and nothing else', async () => {
    const { key, sealed } = await smith.make(PASSPHRASE);
    const signature = await smith.sign(sealed, PASSPHRASE, 'this');
    expect(isSigned('this', { key, signature })).to.equal(true);
    expect(isSigned('that', { key, signature })).to.equal(false);
    const other = await smith.make(PASSPHRASE);
    expect(isSigned('this', { key: other.key, signature })).to.equal(false);
    expect(sealed).not.to.include(key);
    expect(await refusal(smith.sign(sealed, `${PASSPHRASE}.`, 'this'))).to.equal(
      'wrong-passphrase',
    );
  }).timeout(20_000);

  it('opens nothing that was changed or is no key', async () => {
    const { sealed } = await smith.make(PASSPHRASE);
    const bytes = Buffer.from(sealed.split('.')[1] ?? '', 'base64url');
    bytes.writeUInt8(bytes.readUInt8(50) ^ 1, 50);
    const changed = `scrypt-17-8-1.${bytes.toString('base64url')}`;
    for (const one of [changed, 'scrypt-17-8-1.', '', 'other.AAAA'])
      expect(await refusal(smith.sign(one, PASSPHRASE, 'x')), one).to.equal('wrong-passphrase');
  }).timeout(20_000);

  it('takes what is no key or no signature as not signed', () => {
    for (const [key, signature] of [
      ['', ''],
      ['AAAA', 'A'.repeat(86)],
      ['A'.repeat(43), 'x'],
    ])
      expect(isSigned('x', { key: key ?? '', signature: signature ?? '' })).to.equal(false);
  });
});
