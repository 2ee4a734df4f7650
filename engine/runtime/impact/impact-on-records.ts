import { changedCore } from '../../governance/impact/changed-core.ts';
import type { Json } from '../../kernel/json.ts';
import type { Validate } from '../../kernel/validator/schema-error.ts';
import type { Records, StoredRecord } from '../../ports/records.ts';
import { momentOf } from '../catalogue.ts';
import type { Catalogue, LoadedCore } from '../catalogue.ts';
import { evolutionTo } from '../evolution.ts';
import type { Proposed } from '../evolution.ts';
import { becomesWrong } from './becomes-wrong.ts';
import type { WrongValue } from './becomes-wrong.ts';

/** What is wrong with the values of a field, and in how many records. */
export interface WrongField extends WrongValue {
  readonly count: number;
}

/** The stored records of one type that changes. */
export interface RecordsImpact {
  readonly type: string;
  readonly records: number;
  /** How many of them hold a value that would be wrong. */
  readonly invalid: number;
  /** Why, the most frequent first; no record and no value is named. */
  readonly wrong: readonly WrongField[];
}

interface Parts {
  readonly records: Pick<Records, 'page'>;
  readonly catalogue: Pick<Catalogue, 'core'>;
  /** Epoch milliseconds, for formulas that ask what day it is. */
  readonly now: number;
}

/** Records that are read at once. */
const PAGE = 500;

/** The reasons that are told of one type. */
const REASONS = 20;

/** Looks through the records of all types that change, as they would be taken over. */
export async function impactOnRecords(
  parts: Parts,
  proposed: Proposed,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly RecordsImpact[]> {
  const { before, after } = proposed;
  const { names } = changedCore(before, after);
  const found: RecordsImpact[] = [];
  for (const type of before.view.types.keys()) {
    if (!names.has(type)) continue;
    const impact = await impactOnType(type, parts, proposed, signal);
    if (impact.records > 0) found.push(impact);
  }
  return found;
}

async function impactOnType(
  type: string,
  { records, catalogue, now }: Parts,
  proposed: Proposed,
  signal?: AbortSignal,
): Promise<RecordsImpact> {
  const { after } = proposed;
  const is = after.view.types.has(type) ? after.validator.compile({ $ref: type }) : isGone(type);
  const checks = new Map<string, (record: StoredRecord) => WrongValue | undefined>();
  const wrong = new Map<string, WrongField>();
  let count = 0;
  let invalid = 0;
  for await (const page of pagesOf(records, type, signal)) {
    count += page.length;
    for (const record of page) {
      const { release } = record;
      const check =
        checks.get(release) ??
        (await checkFrom(await catalogue.core(release), type, is, { catalogue, now }, proposed));
      checks.set(release, check);
      const one = check(record);
      if (one === undefined) continue;
      invalid += 1;
      const key = `${one.field} ${one.message}`;
      wrong.set(key, { ...one, count: (wrong.get(key)?.count ?? 0) + 1 });
    }
  }
  const reasons = [...wrong.values()].sort((a, b) => b.count - a.count);
  return { type, records: count, invalid, wrong: reasons.slice(0, REASONS) };
}

/** Makes what tells of a record of one release whether the changed type refuses it. */
async function checkFrom(
  core: LoadedCore,
  type: string,
  is: Validate,
  { catalogue, now }: Pick<Parts, 'catalogue' | 'now'>,
  proposed: Proposed,
): Promise<(record: StoredRecord) => WrongValue | undefined> {
  const schema = { $ref: type };
  const evolution = (await evolutionTo(catalogue, core, proposed))(schema);
  const moment = momentOf(core, now);
  const was = core.validator.compile(schema);
  const take = (value: Json): Json => evolution(value, moment);
  return ({ value }) => becomesWrong(type, value, { was, is, take });
}

async function* pagesOf(
  records: Parts['records'],
  type: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly StoredRecord[]> {
  let last: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await records.page(type, last, PAGE);
    yield page;
    last = page.length < PAGE ? undefined : page.at(-1)?.key;
  } while (last !== undefined);
}

function isGone(type: string): Validate {
  const message = `is of the type ${type}, which is not there any more`;
  return () => [{ pointer: '', keyword: '$ref', params: {}, message }];
}
