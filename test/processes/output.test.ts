import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect } from 'chai';

describe('the output of a command', function () {
  this.timeout(60_000);

  it('may be read no further: the command ends as it would', async () => {
    const child = spawn(process.execPath, [resolve('dist/run/main.js'), 'test', 'online-quote']);
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (part: Buffer) => (complaint += part.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, complaint }).to.deep.equal({ code: 0, complaint: '' });
  });
});
