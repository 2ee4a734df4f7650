import { expect } from 'chai';
import { SETTINGS } from '../../server/settings.ts';
import { withPrograms } from './with-program.ts';

describe('the settings of a host in a process', function () {
  this.timeout(60_000);

  it('are held before anything starts: a demo beyond loopback is refused', () =>
    withPrograms(async ({ start }) => {
      const { code, out, err } = await start({ HOST: '0.0.0.0', TRELLIS_DEMO: 'on' }).ended();
      expect(err).to.match(/^TRELLIS_DEMO is "on"; expected off, because HOST is 0\.0\.0\.0/u);
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    }));

  it('are all listed by --help', () =>
    withPrograms(async ({ start }) => {
      const { code, out } = await start({}, 'start', '--help').ended();
      expect(code).to.equal(0);
      for (const { name } of SETTINGS) expect(out).to.contain(name);
    }));
});
