import { expect } from 'chai';
import { createAddressCheck } from '../../engine/connectors/address-check.ts';

/** Where a check lets a host connect to, or the code of its refusal. */
async function reach(
  host: string,
  allow?: readonly string[],
  found: readonly string[] = [host],
): Promise<string> {
  const lookUp = () => Promise.resolve(found.map((address) => ({ address })));
  try {
    const { address, family } = await createAddressCheck(allow, lookUp)(host, 443);
    return `${address} (${family})`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'thrown';
  }
}

const REFUSED = 'address-refused';

describe('the check of an address', () => {
  it('permits what is public', async () => {
    expect(await reach('93.184.215.14')).to.equal('93.184.215.14 (4)');
    expect(await reach('[2606:2800:21f:cb07:6820:80da:af6b:8b2c]')).to.match(/\(6\)$/);
  });

  for (const host of [
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fd12:3456::1',
    'ff02::1',
    '[::1]',
  ]) {
    it(`refuses what is not public: ${host}`, async () => {
      expect(await reach(host)).to.equal(REFUSED);
    });
  }

  const everything = ['0.0.0.0/0:443', '::/0:443'];
  for (const host of [
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    'fd00:ec2::254',
    'fd00:0ec2:0:0:0:0:0:0254',
  ]) {
    it(`refuses metadata, whatever is allowed: ${host}`, async () => {
      expect(await reach(host, everything)).to.equal(REFUSED);
    });
  }

  it('permits exactly the named networks and ports', async () => {
    expect(await reach('10.1.2.3', ['10.1.0.0/16:443'])).to.equal('10.1.2.3 (4)');
    expect(await reach('fd12::5', ['fd12::/16:443'])).to.equal('fd12::5 (6)');
    expect(await reach('10.2.2.3', ['10.1.0.0/16:443'])).to.equal(REFUSED);
    expect(await reach('10.1.2.3', ['10.1.0.0/16:444'])).to.equal(REFUSED);
    expect(await reach('93.184.215.14', ['10.1.0.0/16:443'])).to.equal(REFUSED);
    expect(await reach('93.184.215.14', [])).to.equal(REFUSED);
  });

  it('takes the first permitted of the addresses of a name', async () => {
    const found = ['::1', '10.0.0.1', '93.184.215.14'];
    expect(await reach('shop.example', undefined, found)).to.equal('93.184.215.14 (4)');
    expect(await reach('shop.example', undefined, ['10.0.0.1', '::1'])).to.equal(REFUSED);
    expect(await reach('shop.example', undefined, [])).to.equal(REFUSED);
  });

  for (const entry of [
    '127.0.0.1',
    '127.0.0.1/32',
    '127.0.0.1/33:80',
    '*:80',
    '10.0.0.0/8:99999',
    '10.0.0.0/8:*',
  ]) {
    it(`does not understand "${entry}"`, () => {
      expect(() => createAddressCheck([entry])).to.throw('Expected for example 127.0.0.1/32:9401');
    });
  }
});
