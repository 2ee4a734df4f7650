import type { Knex } from 'knex';
import { TrellisError } from '../../kernel/errors.ts';
import type { Connections, Dialect } from './dialect.ts';
import type { Migration } from './migration.ts';
import { walkingProduct } from './migrations/0001-walking-product.ts';
import { items } from './migrations/0003-items.ts';
import { apiTokens } from './migrations/0004-api-tokens.ts';
import { namedTimers } from './migrations/0005-named-timers.ts';
import { people } from './migrations/0006-people.ts';
import { incidentCauses } from './migrations/0007-incident-causes.ts';
import { operations } from './migrations/0007-operations.ts';
import { starts } from './migrations/0008-starts.ts';
import { queues } from './migrations/0009-queues.ts';
import { files } from './migrations/0010-files.ts';
import { generation } from './migrations/0012-generation.ts';
import { lists } from './migrations/0013-lists.ts';
import { effectHolds } from './migrations/0014-effect-holds.ts';
import { bulkOperations } from './migrations/0011-bulk-operations.ts';
import { lanes } from './migrations/0016-lanes.ts';
import { archive } from './migrations/0017-archive.ts';
import { newestLast } from './migrations/0018-newest-last.ts';
import { haltedCases } from './migrations/0019-halted-cases.ts';
import { versionsInUse } from './migrations/0020-versions-in-use.ts';
import { governance } from './migrations/0021-governance.ts';
import { runningCases } from './migrations/0022-running-cases.ts';
import { proposals } from './migrations/0023-proposals.ts';
import { checkpoints } from './migrations/0024-checkpoints.ts';
import { erasure } from './migrations/0025-erasure.ts';
import { drafts } from './migrations/0026-drafts.ts';
import { records } from './migrations/0028-records.ts';
import { recordViews } from './migrations/0029-record-views.ts';
import { grantUses } from './migrations/0027-grant-uses.ts';
import { tokensOfPeople } from './migrations/0036-tokens-of-people.ts';

/** All migrations, oldest first. Only ever add to the end. */
const MIGRATIONS: readonly Migration[] = [
  walkingProduct,
  operations,
  people,
  incidentCauses,
  apiTokens,
  namedTimers,
  items,
  bulkOperations,
  starts,
  queues,
  files,
  effectHolds,
  lists,
  generation,
  lanes,
  versionsInUse,
  governance,
  proposals,
  archive,
  newestLast,
  haltedCases,
  checkpoints,
  drafts,
  records,
  recordViews,
  grantUses,
  runningCases,
  erasure,
  tokensOfPeople,
];

/**
 * Raised by each release of Trellis that adds migrations. They must leave the tables so that hosts of
 * the generation before can go on: new columns may be empty or have a default, and what is dropped is
 * what that generation did not use any more.
 */
const GENERATION = 1;

const TABLE = 'migrations';

/**
 * Brings the tables of a database up to this version of Trellis, one host at a time. Where hosts of the
 * next version run beside it already, it finds them done.
 *
 * @throws `TrellisError` with code `database-newer` where a version after the next has migrated it.
 */
export async function migrate(connections: Connections): Promise<void> {
  await connections.alone(async (write) => {
    const { dialect } = connections;
    if (!(await isOfNext(write))) await migrateAlone(write, dialect);
    for (const statement of dialect.functions) await write.raw(statement);
  });
}

async function migrateAlone(write: Knex, dialect: Dialect): Promise<void> {
  // A host that was killed while it migrated left knex's own lock behind; ours is held.
  await write.migrate.forceFreeMigrationsLock({ tableName: TABLE });
  await write.migrate.latest({ tableName: TABLE, migrationSource: sourceFor(dialect) });
  await write('generation').where('number', '<', GENERATION).update({ number: GENERATION });
}

/**
 * Makes sure that the tables are those of this version, without touching them.
 *
 * @throws `TrellisError` with code `database-newer` or `database-older`.
 */
export async function assertMigrated({ read }: Connections): Promise<void> {
  await isOfNext(read);
  const done = (await read.schema.hasTable(TABLE))
    ? await read<{ name: string }>(TABLE).select('name')
    : [];
  const missing = MIGRATIONS.filter(({ name }) => !done.some((one) => one.name === name));
  if (missing.length === 0) return;
  throw new TrellisError(
    'database-older',
    'The database was written by an earlier version of Trellis. Start the host once: it brings the tables up to date.',
    { missing: missing.map(({ name }) => name) },
  );
}

/**
 * Tells whether the next version has migrated the database, beside which this one may run.
 *
 * @throws `TrellisError` with code `database-newer` where it was a version after the next.
 */
async function isOfNext(knex: Knex): Promise<boolean> {
  if (!(await knex.schema.hasTable(TABLE))) return false;
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const done = await knex<{ name: string }>(TABLE).select('name');
  const unknown = done.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length === 0) return false;
  if ((await generationOf(knex)) === GENERATION + 1) return true;
  throw new TrellisError(
    'database-newer',
    `The database was migrated by a later version of Trellis (${unknown.join(', ')}), ` +
      'and not by the next one. Start that version, or a copy of the database from before.',
    { unknown },
  );
}

async function generationOf(knex: Knex): Promise<number | undefined> {
  if (!(await knex.schema.hasTable('generation'))) return undefined;
  return (await knex<{ number: number }>('generation').first())?.number;
}

function sourceFor({ text, name: database }: Dialect): Knex.MigrationSource<Migration> {
  return {
    getMigrations: () => Promise.resolve([...MIGRATIONS]),
    getMigrationName: ({ name }) => name,
    getMigration: ({ statements }) =>
      Promise.resolve({
        up: async (knex) => {
          for (const statement of statements(text, database)) await knex.raw(statement);
        },
        down: () => Promise.reject(new Error('Migrations only go forward.')),
      }),
  };
}
