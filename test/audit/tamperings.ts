import fc from 'fast-check';
import { canonicalJson } from '../../engine/governance/canonical-json.ts';
import { actHash } from '../../engine/governance/acts.ts';
import { checkpointHash, checkpointText } from '../../engine/governance/checkpoint.ts';
import { entryHash } from '../../engine/governance/history.ts';
import { createCheckpointSigner } from '../../engine/adapters/system/public-signer.ts';
import type { CheckpointColumns } from '../../engine/adapters/sql/tables/checkpoints.ts';
import { storedCheckpoint } from '../../engine/adapters/sql/tables/checkpoints.ts';
import type { EventColumns } from '../../engine/adapters/sql/tables/events.ts';
import { auditEntry } from '../../engine/adapters/sql/tables/events.ts';
import type { ActColumns } from '../../engine/adapters/sql/tables/governance.ts';
import { storedAct } from '../../engine/adapters/sql/tables/governance.ts';

export type Value = string | number | null;
export type Row = Record<string, Value>;

/** The tables that somebody alters, each in the order of its key. */
export const KEYS = {
  events: ['case_id', 'seq'],
  archived_events: ['case_id', 'seq'],
  cases: ['id'],
  archived_cases: ['id'],
  governance_acts: ['seq'],
  checkpoints: ['number'],
  checkpoint_leaves: ['checkpoint', 'part'],
} as const;

export type Table = keyof typeof KEYS;
export type Tables = Record<Table, Row[]>;

/** Of a case, what a verifier answers for. */
const OF_CASES = ['id', 'version', 'head', 'snapshot'];

/** What somebody did, and where its first trace lies. */
export interface Tampering {
  readonly what: string;
  readonly tables: Tables;
  readonly trace: Trace;
}

export type Trace =
  | { readonly of: 'entry' | 'case'; readonly caseId: string; readonly seq: number }
  | { readonly of: 'act' | 'checkpoint'; readonly seq: number };

/** Numbers from which a tampering chooses what it alters. */
export interface Choice {
  readonly kind: (typeof KINDS)[number];
  readonly table: number;
  readonly row: number;
  readonly other: number;
  readonly column: number;
  readonly at: number;
  readonly isThorough: boolean;
}

const KINDS = ['flip', 'flip', 'delete', 'swap', 'truncate', 'insert', 'rewrite'] as const;
const HISTORIES = ['events', 'archived_events', 'governance_acts'] as const;

export const choices: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom(...KINDS),
  table: fc.nat(1_000),
  row: fc.nat(10_000),
  other: fc.nat(10_000),
  column: fc.nat(100),
  at: fc.nat(1_000_000),
  isThorough: fc.boolean(),
});

/** Does what was chosen to a copy of the tables; nothing where it would alter nothing. */
export function tamper(choice: Choice, original: Tables): Tampering | undefined {
  const tables = structuredClone(original);
  const names = Object.keys(KEYS) as Table[];
  switch (choice.kind) {
    case 'flip':
      return flip(choice, tables, pick(names, choice.table));
    case 'delete':
      return remove(choice, tables, pick(names, choice.table));
    case 'swap':
      return swap(choice, tables, pick(names, choice.table));
    case 'truncate':
      return truncate(choice, tables);
    case 'insert':
      return insert(choice, tables);
    case 'rewrite':
      return rewrite(choice, tables);
  }
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
}

function traceOf(table: Table, row: Row): Trace {
  switch (table) {
    case 'events':
    case 'archived_events':
      return { of: 'entry', caseId: String(row['case_id']), seq: Number(row['seq']) };
    case 'cases':
    case 'archived_cases':
      return { of: 'case', caseId: String(row['id']), seq: 1 };
    case 'governance_acts':
      return { of: 'act', seq: Number(row['seq']) };
    default:
      return { of: 'checkpoint', seq: Number(row['number'] ?? row['checkpoint']) };
  }
}

/** Alters one character, or a number. */
function flip(choice: Choice, tables: Tables, table: Table): Tampering {
  const row = pick(tables[table], choice.row);
  const trace = traceOf(table, row);
  const columns = Object.keys(row).filter(
    // By which transaction an entry came is a help for the next checkpoint, and no part of it.
    (name) => name !== 'xact' && (!table.endsWith('cases') || OF_CASES.includes(name)),
  );
  const column = pick(columns, choice.column);
  row[column] = altered(row[column] ?? null, choice);
  return { what: `flip ${table}.${column}`, tables, trace };
}

function altered(value: Value, { at, other }: Choice): Value {
  if (typeof value === 'number') return value + 1 + (other % 5);
  if (value === null || value === '') return 'x';
  const place = at % value.length;
  const code = value.charCodeAt(place);
  const next = 33 + ((code - 33 + 1 + (other % 93)) % 94);
  const put = next === code ? '~' : String.fromCharCode(next);
  return value.slice(0, place) + put + value.slice(place + 1);
}

function remove({ row: at }: Choice, tables: Tables, table: Table): Tampering {
  const row = pick(tables[table], at);
  tables[table] = tables[table].filter((one) => one !== row);
  return { what: `delete ${table}`, tables, trace: traceOf(table, row) };
}

/** Two rows change places: each has the key of the other. */
function swap({ row: at, other }: Choice, tables: Tables, table: Table): Tampering | undefined {
  const rows = tables[table];
  const [a, b] = [pick(rows, at), pick(rows, other)];
  if (a === b) return undefined;
  const first = rows.indexOf(a) < rows.indexOf(b) ? a : b;
  const trace = traceOf(table, first);
  const keys: readonly string[] = KEYS[table];
  for (const key of keys) [a[key], b[key]] = [b[key] ?? null, a[key] ?? null];
  return { what: `swap ${table}`, tables, trace };
}

/** Takes the end of a history away; a thorough one sets the case back as well. */
function truncate({ row: at, isThorough, table }: Choice, tables: Tables): Tampering | undefined {
  const name = pick(HISTORIES, table);
  const row = pick(tables[name], at);
  const trace = traceOf(name, row);
  const isCut = (one: Row): boolean =>
    one['case_id'] === row['case_id'] && Number(one['seq']) >= Number(row['seq']);
  tables[name] = tables[name].filter((one) => !isCut(one));
  const end = tables[name].filter((one) => one['case_id'] === row['case_id']).at(-1);
  if (isThorough && name !== 'governance_acts') setBack(tables, name, row, end);
  return { what: `truncate ${name}${isThorough ? ' and its case' : ''}`, tables, trace };
}

function setBack(tables: Tables, name: Table, row: Row, end: Row | undefined): void {
  const cases = name === 'events' ? 'cases' : 'archived_cases';
  const its = tables[cases].find(({ id }) => id === row['case_id']);
  if (its === undefined) return;
  if (end === undefined) tables[cases] = tables[cases].filter((one) => one !== its);
  else Object.assign(its, { version: end['seq'], head: end['hash'] });
}

/** Adds an entry or act behind the last, with true hashes; a thorough one tells the case. */
function insert(choice: Choice, tables: Tables): Tampering | undefined {
  const name = pick(HISTORIES, choice.table);
  const last = tables[name]
    .filter((one) => one['case_id'] === pick(tables[name], choice.row)['case_id'])
    .at(-1);
  if (last === undefined) return undefined;
  // As old as what is there, or of now.
  const at = Number(last['at']) + (choice.other % 2 === 0 ? 1 : 3_600_000);
  const row: Row = { ...last, seq: Number(last['seq']) + 1, at, previous: last['hash'] ?? null };
  row['hash'] = hashOf(name, row);
  tables[name].push(row);
  if (choice.isThorough) setBack(tables, name, row, row);
  const how = `${choice.isThorough ? ', known to its case' : ''}${choice.other % 2 === 0 ? ', dated back' : ''}`;
  return { what: `insert ${name}${how}`, tables, trace: traceOf(name, row) };
}

/** Alters an entry or act and works all hashes behind it out anew; likewise checkpoints by another key. */
function rewrite(choice: Choice, tables: Tables): Tampering | undefined {
  if (choice.table % 4 === 3) return resign(choice, tables);
  const name = pick(HISTORIES, choice.table);
  const row = pick(tables[name], choice.row);
  row['actor'] = canonicalJson({ kind: 'staff', id: 'u-9', name: 'Eve' });
  const chain = tables[name].filter(
    (one) => one['case_id'] === row['case_id'] && Number(one['seq']) >= Number(row['seq']),
  );
  let previous = row['previous'] ?? null;
  for (const one of chain) {
    one['previous'] = previous;
    one['hash'] = hashOf(name, one);
    previous = one['hash'];
  }
  setBack(tables, name, row, chain.at(-1));
  return { what: `rewrite ${name}`, tables, trace: traceOf(name, row) };
}

const EVE = createCheckpointSigner(new Uint8Array(48).fill(9));

function resign({ row: at }: Choice, tables: Tables): Tampering {
  const first = pick(tables.checkpoints, at);
  const trace = traceOf('checkpoints', first);
  let hash: Value = first['previous'] ?? null;
  for (const row of tables.checkpoints.filter(({ number }) => Number(number) >= trace.seq)) {
    Object.assign(row, { previous: hash, key: EVE.key, at: Number(row['at']) + 1 });
    const facts = storedCheckpoint(row as unknown as CheckpointColumns);
    row['signature'] = EVE.sign(checkpointText(facts));
    hash = checkpointHash(facts);
  }
  return { what: 'sign checkpoints by another key', tables, trace };
}

function hashOf(name: Table, row: Row): string {
  if (name === 'governance_acts') return actHash(storedAct(row as unknown as ActColumns));
  const entry = auditEntry(row as unknown as EventColumns);
  return entryHash(entry.previous, entry);
}
