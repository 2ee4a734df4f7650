import knex from 'knex';
import type { Knex } from 'knex';
import type { Settings } from '../../server/settings.ts';
import type { RunningHost } from '../server/with-host.ts';
import { copyCase } from './copy-cases.ts';
import { playSampleCases } from './sample-cases.ts';
import type { SampleCases } from './sample-cases.ts';

/** Plays one case of each kind that runs, and copies them. */
export async function fillWithRunning(host: RunningHost, count: number): Promise<void> {
  const samples = await playSampleCases(host);
  const db = connect(host.host.settings.database);
  try {
    await copyRunning(db, samples, count);
  } finally {
    await db.destroy();
  }
}

/** Copies the cases that run, each by its share. Answers the number that the next copy may have. */
export async function copyRunning(
  db: Knex,
  { running }: SampleCases,
  count: number,
): Promise<number> {
  let from = 1;
  for (const { row, share } of running) {
    const copies = Math.round((count * share) / 100);
    await copyCase(db, { caseId: row.id, reference: row.reference, from, count: copies });
    from += copies;
  }
  return from;
}

export function connect(database: Settings['database']): Knex {
  return database.kind === 'postgres'
    ? knex({ client: 'pg', connection: database.url })
    : knex({ client: 'sqlite3', connection: { filename: database.file }, useNullAsDefault: true });
}
