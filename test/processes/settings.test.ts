import { expect } from 'chai';
import { SETTINGS } from '../../server/settings.ts';
import { withPrograms } from './with-program.ts';

/** A wrong setting, and what its refusal must say of what was expected. */
const WRONG: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
  [{ PORT: 'eighty' }, /^PORT is "eighty"; expected a number from 0 to 65535/u],
  [{ HOST: '0.0.0.0', TRELLIS_DEMO: 'on' }, /^TRELLIS_DEMO is "on"; expected off, because HOST/u],
  [{ TRELLIS_DEMO: 'yes' }, /^TRELLIS_DEMO is "yes"; expected on or off/u],
  [{ HOST: '0.0.0.0' }, /^TRELLIS_KEY_FILE is not set.*openssl/u],
  [{ TRELLIS_PUBLIC_URL: 'meridian.example' }, /^TRELLIS_PUBLIC_URL is .*expected http/u],
  [{ TRELLIS_DATABASE: 'mysql://x' }, /^TRELLIS_DATABASE is .*expected postgres:\/\//u],
  [{ TRELLIS_TRUST_PROXY: 'all' }, /^TRELLIS_TRUST_PROXY is .*expected a number of proxies/u],
  [{ TRELLIS_PROT: '1' }, /^TRELLIS_PROT is "1"; expected one of the settings PORT/u],
];

describe('the settings of the host', function () {
  this.timeout(120_000);

  for (const [environment, said] of WRONG) {
    const given = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    it(`refuse ${given.join(' ')} at the start`, () =>
      withPrograms(async ({ start }) => {
        const { code, out, err } = await start(environment).ended();
        expect(err).to.match(said);
        expect({ code, out }).to.deep.equal({ code: 2, out: '' });
      }));
  }

  it('are all listed by --help', () =>
    withPrograms(async ({ start }) => {
      const { code, out } = await start({}, 'start', '--help').ended();
      expect(code).to.equal(0);
      for (const { name } of SETTINGS) expect(out).to.contain(name);
    }));
});
