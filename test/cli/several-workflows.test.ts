import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkCommand } from '../../server/cli/check.ts';
import { testCommand } from '../../server/cli/test.ts';
import { listen } from './listen.ts';

const head = (name: string): string => `workflow: ${name}
title: ${name}
team: operations
core: 1
reference: S-{number}
data: { amount: { kind: decimal }, note: { kind: text } }
`;

/** Runs `b-second`, and stands before it in every list. */
const FIRST = `${head('a-first')}start: { go: { api: [amount] } }
states:
  asking:
    run: b-second
    with: { amount: amount }
    save: { note: result.note }
    on: { large: looked-at }
    done: ended
  looked-at: { final: looked-at }
  ended: { final: completed }
`;
const SECOND = `${head('b-second')}start: { go: { run: [amount] } }
states:
  looking: { next: [{ when: 'amount > 100', to: large, set: { note: '"large"' } }, { to: small, set: { note: '"small"' } }] }
  large: { final: large }
  small: { final: small }
`;
const CASES = `
- case: the other one says that it is large
  start: { go: { amount: '200.00' } }
  expect: { state: looked-at, data: { note: large } }
- case: the other one says that it is small
  start: { go: { amount: '20.00' } }
  expect: { state: ended, data: { note: small } }
`;

describe('a workflow that runs another one of its workspace', function () {
  this.timeout(20_000);
  let workspace: string;

  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'trellis-several-'));
    await cp('core-data', join(workspace, 'core-data'), { recursive: true });
    await put('a-first/workflow.yaml', FIRST);
    await put('a-first/cases.yaml', CASES);
    await put('b-second/workflow.yaml', SECOND);
  });

  afterEach(() => rm(workspace, { recursive: true, force: true }));

  async function put(path: string, text: string): Promise<void> {
    const file = join(workspace, 'workflows', path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
  }

  it('is checked, alone or with all others', async () => {
    const [alone, all] = [listen(), listen()];
    expect(await checkCommand(['a-first'], workspace, alone)).to.equal(0);
    expect(alone.lines).to.deep.equal([
      'core: no problems',
      'a-first: no problems',
      'a-first: its author may publish it alone',
    ]);
    expect(await checkCommand([], workspace, all)).to.equal(0);
    expect(all.lines).to.include('b-second: no problems');
  });

  it('is tested together with it', async () => {
    const said = listen();
    expect(await testCommand(['a-first'], workspace, said)).to.equal(0);
    expect(said.lines.filter((line) => line.startsWith('passed'))).to.have.length(2);
  });

  it('is refused where the other one is, and where it is used wrongly', async () => {
    await put('a-first/workflow.yaml', FIRST.replace('amount: amount', 'total: amount'));
    const misused = listen();
    expect(await checkCommand(['a-first'], workspace, misused)).to.equal(1);
    expect(misused.lines.join('\n')).to.include('amount');

    await put('a-first/workflow.yaml', FIRST);
    await put('b-second/workflow.yaml', SECOND.replace('amount > 100', 'amount > "x"'));
    const missing = listen();
    expect(await checkCommand(['a-first'], workspace, missing)).to.equal(1);
    expect(missing.lines.join('\n')).to.include('no published workflow "b-second"');
  });
});
