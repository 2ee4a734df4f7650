import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import { readSettings } from '../../server/config.ts';

type Environment = Readonly<Record<string, string>>;

/** A wrong setting, and what its refusal must say of what was expected. */
const WRONG: readonly (readonly [Environment, RegExp])[] = [
  [{ PORT: 'eighty' }, /^PORT is "eighty"; expected a number from 0 to 65535/u],
  [{ PORT: '65536' }, /^PORT is "65536"; expected a number/u],
  [{ HOST: '0.0.0.0', TRELLIS_DEMO: 'on' }, /^TRELLIS_DEMO is "on"; expected off, because HOST/u],
  [{ HOST: '127.0.0.1.evil.example', TRELLIS_DEMO: 'on' }, /^TRELLIS_DEMO is "on"; expected off/u],
  [{ TRELLIS_DEMO: 'yes' }, /^TRELLIS_DEMO is "yes"; expected on or off/u],
  [{ HOST: '0.0.0.0' }, /^TRELLIS_KEY_FILE is not set.*openssl/u],
  [{ TRELLIS_DATA: '/d', TRELLIS_KEY_FILE: '/d/key' }, /^TRELLIS_KEY_FILE .*outside the data/u],
  [{ TRELLIS_PUBLIC_URL: 'meridian.example' }, /^TRELLIS_PUBLIC_URL is .*expected http/u],
  [{ TRELLIS_PUBLIC_URL: 'https://x.example/path' }, /^TRELLIS_PUBLIC_URL is .*no path/u],
  [{ TRELLIS_DATABASE: 'mysql://x' }, /^TRELLIS_DATABASE is .*expected postgres:\/\//u],
  [{ TRELLIS_SQLITE_CLIENT: 'wasm' }, /^TRELLIS_SQLITE_CLIENT is "wasm"; expected sqlite3 or/u],
  [{ TRELLIS_MAX_REQUESTS: 'many' }, /^TRELLIS_MAX_REQUESTS is "many"; expected a number from 10/u],
  [{ TRELLIS_CHECKPOINT_EVERY: '0' }, /^TRELLIS_CHECKPOINT_EVERY is "0"; expected seconds/u],
  [{ TRELLIS_TRUST_PROXY: 'all' }, /^TRELLIS_TRUST_PROXY is .*expected a number of proxies/u],
  [{ TRELLIS_PROT: '1' }, /^TRELLIS_PROT is "1"; expected one of the settings PORT/u],
];

describe('the settings', () => {
  for (const [environment, said] of WRONG) {
    it(`refuse ${written(environment)}`, () => {
      expect(() => readSettings(environment))
        .to.throw(TrellisError)
        .with.property('code', 'bad-setting');
      expect(() => readSettings(environment)).to.throw(said);
    });
  }

  it('are a demo on loopback where nothing is said', () => {
    expect(readSettings({ TRELLIS_DATA: '/var/trellis' })).to.deep.include({
      port: 8080,
      host: '127.0.0.1',
      demo: true,
      publicUrl: 'http://127.0.0.1:8080',
      keyFile: '/var/trellis.key',
      database: { kind: 'sqlite', file: '/var/trellis/trellis.db', client: 'sqlite3' },
      trustProxy: false,
    });
  });

  it('are no demo for a workspace of one’s own, nor beyond loopback', () => {
    const key = { TRELLIS_KEY_FILE: '/etc/trellis.key' };
    expect(readSettings({ ...key, TRELLIS_WORKSPACE: '/srv/company' }).demo).to.equal(false);
    expect(readSettings({ ...key, HOST: '0.0.0.0' }).demo).to.equal(false);
  });
});

function written(environment: Environment): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
