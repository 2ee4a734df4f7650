import type { Knex } from 'knex';
import type { Records, RecordView, ViewedField } from '../../ports/records.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';

interface ViewColumns {
  readonly name: string;
  readonly definition: string;
}

/** PostgreSQL: others' views are made of this one. */
const IN_USE = '2BP01';

/** Makes the views of records anew where they have changed, each in a transaction of its own. */
export function createRecordViews({ dialect, write }: Database): Records['show'] {
  return async (views) => {
    const wanted = new Map(views.map((view) => [nameOf(view.type), definitionOf(view, dialect)]));
    const known = await write<ViewColumns>('record_views');
    const gone = known.filter(({ name }) => !wanted.has(name)).map(({ name }) => name);
    const changed = [...wanted].filter(
      ([name, definition]) => known.find((one) => one.name === name)?.definition !== definition,
    );
    const kept: string[] = [];
    for (const name of gone) {
      if (!(await isDone(write, (trx) => drop(trx, name)))) kept.push(name);
    }
    for (const [name, definition] of changed) {
      const make = async (trx: Knex): Promise<void> => {
        await drop(trx, name);
        await trx.raw(definition);
        await trx<ViewColumns>('record_views').insert({ name, definition });
      };
      if (!(await isDone(write, make))) kept.push(name);
    }
    return kept;
  };
}

async function drop(trx: Knex, name: string): Promise<void> {
  await trx.raw(`drop view if exists "${name}"`);
  await trx<ViewColumns>('record_views').where({ name }).delete();
}

async function isDone(write: Knex, work: (trx: Knex) => Promise<void>): Promise<boolean> {
  try {
    await write.transaction(work);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === IN_USE) return false;
    throw error;
  }
}

/** `QuoteLine` becomes `view_quote_line`. */
function nameOf(type: string): string {
  return `view_${inSmall(type)}`;
}

function inSmall(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

function definitionOf({ type, fields }: RecordView, dialect: Dialect): string {
  const taken = new Set(['record_key', 'record_version', 'created_at', 'updated_at']);
  const columns = fields.flatMap((field) => {
    const column = inSmall(field.name);
    // Of two names that differ in capitals alone, the first has the column.
    if (!PLAIN.test(field.name) || taken.has(column)) return [];
    taken.add(column);
    return [`${READ[dialect.name](field)} as "${column}"`];
  });
  return [
    `create view "${nameOf(type)}" as select key as record_key, version as record_version`,
    ...['created_at', 'updated_at', ...columns],
  ]
    .join(', ')
    .concat(` from records where type = '${type}'`);
}

/** Names that need no quotes in a path of JSON. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_]*$/;

/** How a field is read out of JSON. One of another kind, stored by an earlier release, is empty. */
const READ: Readonly<Record<Dialect['name'], (field: ViewedField) => string>> = {
  SQLite: ({ name }) => `json_extract(value, '$.${name}')`,
  PostgreSQL: ({ name, kind }) => {
    const json = `value::jsonb -> '${name}'`;
    const text = `value::jsonb ->> '${name}'`;
    switch (kind) {
      case 'number':
        return `case when jsonb_typeof(${json}) = 'number' then (${text})::numeric end`;
      case 'decimal':
        return `case when ${text} ~ '^-{0,1}[0-9]+([.][0-9]+){0,1}$' then (${text})::numeric end`;
      case 'yes/no':
        return `case when jsonb_typeof(${json}) = 'boolean' then (${text})::boolean end`;
      case 'json':
        return json;
      case 'text':
        return text;
    }
  },
};
