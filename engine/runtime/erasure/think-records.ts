import type { PersonalMask } from '../../governance/erasure/personal-mask.ts';
import { maskOf, personalPaths, withoutPersonal } from '../../governance/erasure/personal-mask.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type {
  ErasureReader,
  RecordErasure,
  RecordWrite,
  WriteErasure,
} from '../../ports/erasure.ts';
import type { StoredRecord } from '../../ports/records.ts';
import type { RecordOutlook, ThoughtRecords } from './outlook.ts';
import { small, tellsOf, textsIn } from './outlook.ts';

/** What a case has written stays, without what is personal; the records themselves are not the case's. */
export async function thinkWrites(
  erasure: ErasureReader,
  caseId: string,
  core: CoreView,
): Promise<ThoughtRecords> {
  const writes = await erasure.writes({ caseId });
  return { outlook: [], records: [], writes: writes.flatMap((one) => emptiedWrite(one, core)) };
}

/** Records of which a personal field is a text lose all that is personal; so do their earlier versions. */
export async function thinkRecords(
  erasure: ErasureReader,
  text: string,
  core: CoreView,
): Promise<ThoughtRecords> {
  const found = (await erasure.recordsWith(text)).filter((record) => isOf(record, text, core));
  const records = found.map((record) => erasureOf(record, core));
  const ofThem = await Promise.all(found.map((record) => erasure.writes({ record })));
  const alike = (await erasure.writes({ text })).filter(({ record }) => isOf(record, text, core));
  const writes = new Map([...ofThem.flat(), ...alike].map((one) => [one.effect, one])).values();
  return {
    outlook: records.map(({ type, key, version, value }): RecordOutlook => {
      return { type, key, version, becomes: value === undefined ? 'removed' : 'emptied' };
    }),
    records,
    writes: [...writes].flatMap((one) => emptiedWrite(one, core)),
  };
}

/** Tells whether a personal field of a record is a text. */
function isOf({ type, value }: StoredRecord, text: string, core: CoreView): boolean {
  return personalPaths(value, maskFor(type, core), []).some((path) => {
    const held = path.reduce<Json>(
      (inner, step) => (inner as Readonly<Record<string, Json>>)[step] ?? null,
      value,
    );
    return textsIn(held).some((one) => small(one) === small(text));
  });
}

/** A record that must have what goes, or is known by it, goes as a whole. */
function erasureOf(record: StoredRecord, core: CoreView): RecordErasure {
  const { type, key, version, value } = record;
  const left = withoutPersonal(value, maskFor(type, core)) as JsonObject;
  const gone = Object.keys(value).filter((name) => !Object.hasOwn(left, name));
  const texts = personalTexts(value, type, core);
  const isNeeded = gone.some((name) => requiredOf(typeOf(type, core)).includes(name));
  const isKnownBy = texts.some((text) => isTold(record, text));
  return { type, key, version, ...(isNeeded || isKnownBy ? {} : { value: left }) };
}

function emptiedWrite({ effect, record }: RecordWrite, core: CoreView): readonly WriteErasure[] {
  const { type, value } = record;
  const left = withoutPersonal(value, maskFor(type, core)) as JsonObject;
  if (JSON.stringify(left) === JSON.stringify(value)) return [];
  const isKnownBy = personalTexts(value, type, core).some((text) => isTold(record, text));
  return [{ effect, value: left, ...(isKnownBy ? { key: effect } : {}) }];
}

/** Tells whether what a record is known by gives a text away. */
function isTold({ key, unique }: StoredRecord, text: string): boolean {
  return tellsOf(key, text) || (unique !== undefined && tellsOf(unique, text));
}

function personalTexts(value: JsonObject, type: string, core: CoreView): readonly string[] {
  return personalPaths(value, maskFor(type, core), []).flatMap((path) =>
    textsIn(
      path.reduce<Json>(
        (inner, step) => (inner as Readonly<Record<string, Json>>)[step] ?? null,
        value,
      ),
    ),
  );
}

function typeOf(type: string, core: CoreView): ValueType | undefined {
  return core.types.get(type)?.type;
}

function maskFor(type: string, core: CoreView): PersonalMask {
  const known = typeOf(type, core);
  return known === undefined ? { kind: 'fields', fields: new Map() } : maskOf(known);
}

function requiredOf(type: ValueType | undefined): readonly string[] {
  return type?.kind === 'object' ? type.required : [];
}
