import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import { usePostgres } from '../postgres/use-postgres.ts';
import { tablesWith } from '../runtime/erasure-world.ts';
import { SMALL } from '../server/quote-journey.ts';
import { until } from '../until.ts';
import { customerWithQuote } from './customer-with-quote.ts';
import type { Ended, Place } from './with-program.ts';
import { withPrograms } from './with-program.ts';

/** The address stands in no example of a workflow. */
const WISH = { ...SMALL, email: 'ada.lovelace@person.example' };
const OFFICER = 'pia@meridian.example';
const WHO = ['--as', OFFICER, '--reason', 'Request 2027-14'] as const;

/** A host's database, and where it is looked for what was to be erased. */
interface Ground {
  /** What the programs are given to come to it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where a text stands in it. */
  readonly holding: (text: string) => Promise<readonly string[]>;
  readonly connect: () => knex.Knex;
}

function onSqlite(place: Place): Ground {
  const connection = { filename: join(place.dataFolder, 'trellis.db') };
  return {
    settings: {},
    holding: (text) => filesWith(place, text),
    connect: () => knex({ client: 'sqlite3', connection, useNullAsDefault: true }),
  };
}

function onPostgres(url: string): Ground {
  const connect = (): knex.Knex => knex({ client: 'pg', connection: url });
  const holding = (text: string) => withKnex(connect, (db) => tablesWith(db, text));
  return { settings: { TRELLIS_DATABASE: url }, holding, connect };
}

async function withKnex<T>(connect: () => knex.Knex, work: (db: knex.Knex) => Promise<T>) {
  const db = connect();
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** The files of the host's folder with a text in any byte; the demo's neighbours keep their own books. */
async function filesWith({ dataFolder }: Place, text: string): Promise<readonly string[]> {
  const entries = await readdir(dataFolder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  const own = files.filter((file) => !file.startsWith(join(dataFolder, 'demo')));
  const texts = await Promise.all(own.map((file) => readFile(file, 'latin1')));
  return own.filter((_file, index) => texts[index]?.includes(text) === true);
}

/** A case of a customer that has ended; the host has stopped. */
async function endedCase(place: Place, ground: Ground, run: Run): Promise<string> {
  const settings = { ...ground.settings, TRELLIS_CHECKPOINT_EVERY: '1' };
  const first = place.start(settings);
  const origin = await first.origin();
  const customer = await customerWithQuote(origin, WISH);
  await customerWithQuote(origin);
  const reference = /Q-\d+-\d+/u.exec((await customer.get('/status')).text)?.[0] ?? '';
  first.kill('SIGTERM');
  expect(await first.ended()).to.include({ code: 0 });
  const refused = await run(['erase', '--case', reference, ...WHO]);
  expect(refused.out).to.contain(`${reference} stays as it is. It is still running`);
  const cancelled = await run(['case', 'cancel', reference, '--reason', 'Called off']);
  expect(cancelled, cancelled.out + cancelled.err).to.include({ code: 0 });
  const second = place.start(settings);
  await second.origin();
  await until('the end of the case', () => hasEnded(ground, reference), 60_000);
  second.kill('SIGTERM');
  expect(await second.ended()).to.include({ code: 0 });
  return reference;
}

async function hasEnded({ connect }: Ground, reference: string): Promise<true | undefined> {
  return withKnex(connect, async (db) => {
    const ended: unknown = await db('cases')
      .where({ reference, status: 'finished' })
      .whereNotExists(db('jobs').whereRaw('jobs.case_id = cases.id'))
      .first('id');
    return ended === undefined ? undefined : true;
  });
}

type Run = (words: readonly string[], input?: string) => Promise<Ended>;

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('erasing on the command line', function () {
  this.timeout(240_000);

  it('leaves the value in no byte of the folder, and the history verifies', () =>
    withPrograms((place) => erases(place, onSqlite(place))));

  describe('of a PostgreSQL database', () => {
    if (!FULL) return;
    const url = usePostgres();

    it('leaves the value in no table, and the history verifies', () =>
      withPrograms((place) => erases(place, onPostgres(url()))));
  });
});

async function erases(place: Place, ground: Ground): Promise<void> {
  const { settings, holding } = ground;
  const run: Run = (words, input = '') => {
    const program = place.start(settings, ...words);
    program.input(input);
    return program.ended();
  };
  const reference = await endedCase(place, ground, run);
  expect(await holding(WISH.email)).not.to.deep.equal([]);

  const preview = await run(['erase', '--person-from', '-', ...WHO], `${WISH.email}\n`);
  expect(preview, preview.err).to.include({ code: 0, err: '' });
  expect(preview.out).not.to.contain(WISH.email);
  expect(preview.out).to.contain(reference);
  const token = /--confirm (\w+)/u.exec(preview.out)?.[1] ?? '';
  const file = join(place.folder, 'value.txt');
  await writeFile(file, `${WISH.email}\n`);
  const erase = ['erase', '--person-from', file, ...WHO];
  await refusals(run, file, token);
  expect(await holding(WISH.email)).not.to.deep.equal([]);

  const done = await run([...erase, '--confirm', token, '--rewrite']);
  expect(done, done.out + done.err).to.include({ code: 0, err: '' });
  expect(done.out).to.contain('The files of the database were written anew.');
  expect(await holding(WISH.email)).to.deep.equal([]);
  const again = await run([...erase, '--confirm', token]);
  expect(again).to.include({ code: 2 });
  const rewritten = await run(['erase', '--rewrite', '--as', OFFICER]);
  expect(rewritten, rewritten.err).to.include({ code: 0, err: '' });

  await verifies(place, run, reference);
}

/** What is missing or stale is refused by its name, and nothing is erased. */
async function refusals(run: Run, file: string, token: string): Promise<void> {
  const from = ['--person-from', file];
  for (const [words, message] of [
    [['erase', ...from, ...WHO, '--confirm', 'stale'], 'is not what was shown'],
    [['erase', ...from, '--as', OFFICER, '--confirm', token], 'Say why with --reason'],
    [['erase', ...from, '--case', 'Q-1', ...WHO], 'Name one thing'],
    [['erase', '--person-from', `${file}.none`, ...WHO], 'cannot be read'],
    [['erase', ...from, '--as', 'cleo@meridian.example', '--reason', 'x'], 'cleo@meridian.example'],
    [
      ['erase', ...from, '--as', OFFICER, '--reason', `of ${WISH.email}`, '--confirm', token],
      'has in it what is to be erased',
    ],
  ] as const) {
    const refused = await run(words);
    expect(refused, refused.out + refused.err).to.include({ code: 2 });
    expect(refused.err).to.contain(message);
  }
}

/** Nothing of the history is broken, and the evidence of the case says that it was erased. */
async function verifies({ folder }: Place, run: Run, reference: string): Promise<void> {
  const checkpoint = await run(['audit', 'checkpoint']);
  expect(checkpoint, checkpoint.err).to.include({ code: 0 });
  const verified = await run(['verify']);
  expect(verified, verified.out + verified.err).to.include({ code: 0, err: '' });
  expect(verified.out).to.contain('2 cases with').and.to.contain('all hold');
  const gone = /from entry 1 on, no event can be taken again: governance act \d+ has erased it/u;
  expect(verified.out).to.contain(`${reference}  from entry 1`).and.to.match(gone);
  expect(await run(['audit', 'verify', '--fold'])).to.include({ code: 0, out: verified.out });
  const replayed = await run(['replay', 'online-quote', '--on', '1']);
  expect(replayed, replayed.out + replayed.err).to.include({ code: 0, err: '' });
  expect(replayed.out).to.contain(`ERASED   ${reference}`).and.to.contain('same     Q-');
  expect(replayed.out).to.contain('2 cases on version 1, 0 of them otherwise, 1 of them erased');
  const evidence = join(folder, 'evidence.json');
  expect(await run(['audit', 'export', reference, '--out', evidence])).to.include({ code: 0 });
  const key = (await run(['audit', 'key'])).out.trim();
  const checked = await run(['audit', 'check', evidence, '--key', key]);
  expect(checked, checked.out + checked.err).to.include({ code: 0, err: '' });
  expect(checked.out).to.match(/The personal values of \d+ entries are erased\./u);
  expect(await readFile(evidence, 'utf8')).not.to.contain(WISH.email);
}
