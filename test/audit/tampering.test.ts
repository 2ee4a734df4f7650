import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import knex from 'knex';
import type { Knex } from 'knex';
import pg from 'pg';
import { openStoreToRead } from '../../engine/adapters/sql/store.ts';
import type { StoreSettings } from '../../engine/adapters/sql/store.ts';
import type { Checkpoint } from '../../engine/governance/checkpoint.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { AuditFinding } from '../../engine/runtime/audit/finding.ts';
import { verifyHistory } from '../../engine/runtime/audit/verify-history.ts';
import { withFolder } from '../adapters/sql/with-folder.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { SIGNER, fillHistory } from './sample-history.ts';
import type { Row, Table, Tables, Trace } from './tamperings.ts';
import { KEYS, choices, tamper } from './tamperings.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] !== undefined;
const WAYS = FULL ? 1_000 : 143;
const POSTGRES_WAYS = FULL ? 100 : 15;
const NAMES = Object.keys(KEYS) as Table[];

/** A database that somebody can write to who asks nobody. */
class Victim {
  readonly original: Tables;
  readonly #db: Knex;
  readonly #store: Store;
  readonly #checkpoints: readonly Checkpoint[];
  readonly #isPostgres: boolean;
  #changed: readonly Table[] = [];

  constructor(db: Knex, store: Store, original: Tables, checkpoints: readonly Checkpoint[]) {
    this.#db = db;
    this.#store = store;
    this.original = original;
    this.#checkpoints = checkpoints;
    this.#isPostgres = isPostgres(db);
  }

  async write(tables: Tables): Promise<boolean> {
    const same = (name: Table): boolean =>
      JSON.stringify(tables[name]) === JSON.stringify(this.original[name]);
    this.#changed = NAMES.filter((name) => !same(name));
    if (this.#changed.length === 0) return false;
    return this.#replace(this.#changed, tables).then(
      () => true,
      () => false,
    );
  }

  restore(): Promise<void> {
    return this.#replace(this.#changed, this.original);
  }

  async verify(): Promise<readonly AuditFinding[]> {
    const found: AuditFinding[] = [];
    await verifyHistory({
      store: this.#store,
      trust: { keys: [SIGNER.key], anchor: this.#checkpoints },
      onFinding: (one) => found.push(one),
    });
    return found;
  }

  /** Whether a checkpoint states what was altered, so that it must be found. */
  isStated(trace: Trace): boolean {
    if (trace.of === 'entry') return trace.seq <= this.#newestStated(trace.caseId);
    return trace.of !== 'act' || trace.seq <= (this.#checkpoints.at(-1)?.act.seq ?? 0);
  }

  #newestStated(caseId: string): number {
    const leaves = this.original.checkpoint_leaves.flatMap(({ leaves: text }) =>
      String(text).split('\n'),
    );
    const own = leaves.filter((leaf) => leaf.endsWith(` ${caseId}`));
    return Math.max(0, ...own.map((leaf) => Number(leaf.split(' ')[0])));
  }

  async #replace(names: readonly Table[], tables: Tables): Promise<void> {
    await this.#db.transaction(async (transaction) => {
      // Whoever may write to all of PostgreSQL can switch off what holds references.
      if (this.#isPostgres) await transaction.raw('set local session_replication_role = replica');
      for (const name of names) {
        await transaction(name).delete();
        for (const row of tables[name]) await transaction(name).insert(row);
      }
    });
  }
}

async function withVictim(
  settings: StoreSettings,
  db: Knex,
  work: (victim: Victim) => Promise<void>,
): Promise<void> {
  const checkpoints = await fillHistory(settings);
  const store = await openStoreToRead(settings);
  try {
    const read = async (name: Table): Promise<[Table, Row[]]> => [
      name,
      await db<Row>(name).orderBy([...KEYS[name]]),
    ];
    const original = Object.fromEntries(await Promise.all(NAMES.map(read))) as Tables;
    for (const name of ['events', 'archived_events'] as const) {
      const erased = original[name].filter(
        ({ sealed, personal }) => sealed !== null && personal === null,
      );
      expect(erased, name).not.to.deep.equal([]);
    }
    await work(new Victim(db, store, original, checkpoints));
  } finally {
    await store.close();
    await db.destroy();
  }
}

/** Whether a finding names the place of a trace, or one before it from which on nothing holds. */
function names({ of, caseId, seq }: AuditFinding, trace: Trace): boolean {
  switch (trace.of) {
    case 'entry':
      return of === 'case' && caseId === trace.caseId && seq <= trace.seq;
    case 'case':
      return of === 'case' && caseId === trace.caseId;
    case 'act':
      return of === 'act' && seq <= trace.seq;
    default:
      return (of === 'checkpoint' || of === 'anchor') && seq <= trace.seq;
  }
}

/** How many ways were tried, and how many of them were found, by what was done. */
type Counts = Map<string, [number, number]>;

async function tryAll(victim: Victim, ways: number): Promise<Counts> {
  expect(await victim.verify()).to.deep.equal([]);
  const counts: Counts = new Map();
  let done = 0;
  for (const choice of fc.sample(choices, ways * 2)) {
    const tampering = tamper(choice, victim.original);
    if (tampering === undefined || !(await victim.write(tampering.tables))) continue;
    const found = await victim.verify();
    const { what, trace } = tampering;
    const isStated = victim.isStated(trace);
    const said = `${what} ${JSON.stringify(trace)}: ${JSON.stringify(found)}`;
    if (isStated)
      expect(
        found.some((one) => names(one, trace)),
        said,
      ).to.equal(true);
    const name = `${isStated ? 'stated    ' : 'not stated'} ${what.split('.')[0] ?? ''}`;
    const [all, before] = counts.get(name) ?? [0, 0];
    counts.set(name, [all + 1, before + (found.length > 0 ? 1 : 0)]);
    await victim.restore();
    done += 1;
    if (done === ways) break;
  }
  expect(done).to.equal(ways);
  expect(await victim.verify()).to.deep.equal([]);
  return counts;
}

describe('tampering with a database, where a checkpoint covers it, is found and named', function () {
  this.timeout(300_000);

  it(`on SQLite, in each of ${WAYS} ways`, () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      const db = knex({
        client: 'sqlite3',
        connection: { filename: file },
        useNullAsDefault: true,
      });
      await withVictim({ file, readers: 1 }, db, async (victim) => {
        const counts = await tryAll(victim, WAYS);
        if (FULL) console.log(table(counts));
      });
    }));

  describe('on PostgreSQL', () => {
    const url = usePostgres();

    it(`in each of ${POSTGRES_WAYS} ways`, async () => {
      const types = new pg.TypeOverrides();
      types.setTypeParser(pg.types.builtins.INT8, Number);
      const connection = { connectionString: url(), types };
      const db = knex({ client: 'pg', connection: connection as Knex.PgConnectionConfig });
      await withVictim({ url: url() }, db, async (victim) => {
        await tryAll(victim, POSTGRES_WAYS);
      });
    });
  });
});

function table(counts: Counts): string {
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return rows.map(([name, [all, found]]) => `${found} of ${all} found: ${name}`).join('\n');
}

function isPostgres(db: Knex): boolean {
  return (db.client as { readonly config: { readonly client: string } }).config.client === 'pg';
}
