import { expect } from 'chai';
import { makeEnvironment } from './environment.ts';
import { withPrograms } from './with-program.ts';

describe('tokens of the API, on the command line', () => {
  it('are for the workflows of a program, or act in the name of a person', () =>
    withPrograms(async (place) => {
      const { trellis } = await makeEnvironment(place, 'data', ['ian']);
      const add = (...words: readonly string[]) => trellis('token', 'add', ...words);
      const own = await add('Pipeline', '--for', 'ian@meridian.example');
      expect([own.code, own.err]).to.deep.equal([0, '']);
      expect(own.out).to.match(/in the name of .*\nToken: trl_[\w-]{43}\n/u);
      const listed = await trellis('token', 'list');
      expect(listed.out).to.include('Pipeline  for ian@meridian.example');
      expect(listed.out).not.to.include('trl_');
      const both = ['--for', 'ian@meridian.example', '--workflow', 'online-quote'];
      for (const words of [[], both]) {
        const refused = await add('Neither', ...words);
        expect([refused.code, refused.err.includes('Say what the token is for')]).to.deep.equal([
          2,
          true,
        ]);
      }
      const nobody = await add('Nobody', '--for', 'nobody@meridian.example');
      expect(nobody.err).to.include('nobody@meridian.example');
      expect(nobody.code).not.to.equal(0);
    })).timeout(120_000);
});
