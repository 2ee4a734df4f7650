import { AT_MOST, ON } from '../../governance/core/record-words.ts';
import type { ReferenceRow } from '../../governance/core/reference-table.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { dateIn } from '../../kernel/values/zone.ts';
import { keyOf } from './record-key.ts';
import type { RecordSurroundings, RecordWorker } from './record-worker.ts';
import { USUALLY_FOUND, missing } from './record-worker.ts';

/** Finds rows of a table that hold on a day, in the order of their keys. */
export const findRows: RecordWorker = ({ record: { type, key } }, { input }, around) => {
  const { [AT_MOST]: limit = USUALLY_FOUND, [ON]: on, ...where } = input;
  const day = dayOf(on, around);
  const rows = (around.reference.get(type) ?? []).filter(
    (row) => holdsOn(row, day) && hasAll(row.value, where),
  );
  const records = rows
    .map(({ value }) => ({ value, at: keyOf(key, value) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, Number(limit))
    .map(({ value }) => value);
  return Promise.resolve({ kind: 'ok', output: { records } });
};

/** Gets the row of a table that holds on a day. */
export const getRow: RecordWorker = ({ record: { type, key } }, { input }, around) => {
  const { [ON]: on, ...where } = input;
  const day = dayOf(on, around);
  const row = (around.reference.get(type) ?? []).find(
    (one) => holdsOn(one, day) && hasAll(one.value, where),
  );
  return Promise.resolve(
    row === undefined
      ? missing(type, key, where, ` on ${day}`)
      : { kind: 'ok', output: { record: row.value } },
  );
};

function dayOf(on: Json | undefined, { timeZone, clock }: RecordSurroundings): string {
  return typeof on === 'string' ? on : dateIn(timeZone, clock.now());
}

function holdsOn({ validFrom, validTo }: ReferenceRow, day: string): boolean {
  return (validFrom === undefined || validFrom <= day) && (validTo === undefined || day <= validTo);
}

function hasAll(value: JsonObject, where: JsonObject): boolean {
  return Object.entries(where).every(([name, wanted]) => value[name] === wanted);
}
