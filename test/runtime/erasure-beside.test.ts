import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { StoreSettings } from '../../engine/adapters/sql/store.ts';
import type { FileValue } from '../../engine/kernel/values/file-value.ts';
import type { InboundMessage } from '../../engine/ports/message.ts';
import type { Store } from '../../engine/ports/store.ts';
import { verifyCase } from '../../engine/runtime/verify.ts';
import { withFolder } from '../adapters/sql/with-folder.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import type { World } from './erasure-world.ts';
import { SECRET, codeOf, erase, faults, tablesWith, withWorld } from './erasure-world.ts';
import { CLERK, DAY, NOW, complete } from './with-workshop.ts';

/** As somebody types it: two spaces, of which a title keeps one. */
const NAME = 'Ada  Lovelace';
const NUMBER = 471_108_15;

const WORKFLOW = {
  data: `
  contact: { kind: text, maxLength: 60, classification: [internal, personal] }
  person: { kind: text, maxLength: 60, classification: [internal, personal] }
  number: { kind: whole number, classification: [internal, personal] }
  scan: { kind: file, title: Scan }`,
  start: 'online: { form: contact, audience: { role: clerk }, once: contact }',
  forms: `
  contact: { title: Contact, fields: [{ field: contact, required: true }, person, number, scan] }`,
  states: `
  waiting: { wait: { message: depot.called, match: contact, keep: 2 hours }, done: working }
  working: { task: { title: 'Call {{person}} of {{number}}', assign: { role: clerk }, form: work }, on: { done: checking } }
  checking: { task: { title: 'Check it', assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};

const CALL: InboundMessage = {
  ...{ id: 'm-1', name: 'depot.called', key: SECRET, body: { caller: SECRET } },
  ...{ receivedAt: NOW, expiresAt: NOW + DAY },
};

const KEYS = ['started-with-ada', 'worked-on-ada'] as const;

async function upload({ files }: Store, owner: string): Promise<FileValue> {
  const plan = { id: 'f-1', name: `${SECRET}.txt`, type: 'text/plain', owner };
  const { name, type, id, size, sha256 } = await files.add(
    { ...plan, keepUntil: NOW + 1000 },
    (async function* () {
      yield Promise.resolve(Buffer.from(`a letter of ${SECRET}`));
    })(),
  );
  return { id, name, type, size, sha256 };
}

function beginning(scan: FileValue | undefined) {
  const data = {
    contact: SECRET,
    person: NAME,
    number: NUMBER,
    ...(scan && { scan: { ...scan } }),
  };
  return { workflow: 'sample', start: 'online', form: { data, own: {} }, actor: CLERK } as const;
}

/** A case that has left something of a person in every table that can have it. */
async function everywhere({ engine, store }: World): Promise<string> {
  const scan = await upload(store, KEYS[0]);
  const { caseId } = await engine.startCase({ ...beginning(scan), submissionKey: KEYS[0] });
  await engine.idle();
  await engine.receive(CALL);
  await engine.idle();
  await engine.teamwork.comment(caseId, 'Ada was in', CLERK);
  const [task] = await store.worklist.tasksOfCase(caseId);
  expect(task?.title).to.equal(`Call Ada Lovelace of ${NUMBER}`);
  const done = { outcome: 'done', form: { data: {}, own: {} }, actor: CLERK };
  await engine.completeTask({ ...done, taskId: task?.id ?? '', submissionKey: KEYS[1] });
  await engine.idle();
  await complete({ engine, store }, caseId, 'done');
  return caseId;
}

async function eraseEverywhere(store: Store, db: knex.Knex): Promise<void> {
  await withWorld(store, WORKFLOW, async (world) => {
    const id = await everywhere(world);
    const draft = { form: 'sample/online', values: { contact: SECRET }, sent: { caseId: id } };
    await store.vault.put({
      ...{ hash: 'a'.repeat(64), purpose: 'draft', value: JSON.stringify(draft) },
      expiresAt: NOW + DAY,
    });
    await world.checkpoint();
    expect(await tablesWith(db, SECRET)).to.include.members([
      ...['events', 'cases', 'files', 'file_parts', 'messages', 'kept_values'],
    ]);
    expect(await tablesWith(db, String(NUMBER))).to.include('tasks');
    expect(await tablesWith(db, 'Ada was in')).to.deep.equal(['events']);

    const { cases } = await world.eraser.preview({ kind: 'person', value: String(NUMBER) });
    expect(cases.map(({ id: found, files }) => [found, files])).to.deep.equal([[id, 1]]);
    await erase(world, { kind: 'person', value: SECRET });
    await world.checkpoint();

    for (const text of [SECRET, 'lovelace', 'Ada was in', String(NUMBER)]) {
      expect(await tablesWith(db, text), text).to.deep.equal([]);
    }
    expect(await store.files.find('f-1')).to.equal(undefined);
    const tasks = await store.worklist.tasksOfCase(id);
    expect(tasks.map(({ title }) => title)).to.have.members(['working', 'Check it']);
    await sentAgain(world, db, id);
    expect(await faults(world)).to.deep.equal([]);
    expect(await verifyCase(world, id)).to.equal(undefined);
  });
}

/** The keys of what was sent stay taken, without telling of what it was; and `once` forgets the value. */
async function sentAgain({ engine, store }: World, db: knex.Knex, id: string): Promise<void> {
  const rows = (await db('submissions').select('key', 'digest')) as readonly {
    readonly key: string;
    readonly digest: string;
  }[];
  expect(rows.map(({ digest }) => digest)).to.deep.equal(['', '', '']);
  expect(rows.map(({ key }) => key)).to.have.members([...KEYS, `erased/${id}`]);
  const again = engine.startCase({ ...beginning(undefined), submissionKey: KEYS[0] });
  expect(await codeOf(again)).to.equal('submission-reused');
  expect(await store.messages.receive(CALL), 'a repeat is known').to.equal(false);
  const { caseId } = await engine.startCase(beginning(undefined));
  expect(caseId).not.to.equal(id);
}

describe('erasing what lies beside the history of a case', () => {
  const url = usePostgres();

  async function on(settings: StoreSettings, db: knex.Knex): Promise<void> {
    const store = await openStore(settings);
    try {
      await eraseEverywhere(store, db);
    } finally {
      await db.destroy();
      await store.close();
    }
  }

  it('takes files, titles, digests, and messages: on SQLite', () =>
    withFolder(async (folder) => {
      const filename = join(folder, 'trellis.db');
      const db = knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });
      await on({ file: filename }, db);
    })).timeout(60_000);

  it('takes files, titles, digests, and messages: on PostgreSQL', () =>
    on({ url: url() }, knex({ client: 'pg', connection: url() }))).timeout(60_000);
});
