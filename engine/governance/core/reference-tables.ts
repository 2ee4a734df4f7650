import type { Problem } from '../../kernel/problem.ts';
import { typeFromSchema } from '../../kernel/types/from-schema.ts';
import type { Validator } from '../../kernel/validator/validator.ts';
import { csvProblem } from './csv-rows.ts';
import { unknownName } from './fault.ts';
import type { PlacedFile } from './file-layout.ts';
import type { CoreForms } from './read-forms.ts';
import { isReference } from './record-words.ts';
import { referenceProblems, referenceRows } from './reference-table.ts';
import type { ReferenceRow, TableType } from './reference-table.ts';
import { place } from './yaml-file.ts';

type Types = CoreForms['types'];

/** Reads the tables of reference data, by their types. */
export function readTables(
  tables: readonly PlacedFile[],
  types: Types,
): ReadonlyMap<string, readonly ReferenceRow[]> {
  return new Map(
    tables.flatMap(({ name, text }) => {
      const type = tableType(name, types);
      return type === undefined ? [] : [[name, referenceRows(text, type)] as const];
    }),
  );
}

/** Tells what is wrong in tables of reference data, and between them and their types. */
export function tableProblems(
  tables: readonly PlacedFile[],
  types: Types,
  validator: Validator,
): readonly Problem[] {
  const wanted = types.filter(({ value }) => isReference(value));
  const missing = wanted
    .filter(({ value }) => !tables.some(({ name }) => name === value.type))
    .flatMap((file) => place(file, [missingFault(file.value.type)]));
  const wrong = tables.flatMap(({ path, name, text }) => {
    const type = tableType(name, types);
    if (type !== undefined)
      return referenceProblems(path, text, type, validator.compile({ $ref: name }));
    const known = wanted.map(({ value }) => value.type);
    return [csvProblem(path, text, { ...strangeTable(name, known, types), line: 1 })];
  });
  return [...missing, ...wrong];
}

function missingFault(type: string) {
  const message = `There is no table "reference/${type}.csv". Write it, its first line with the names of fields, or say another source.`;
  return { code: 'reference-missing', path: ['source'], message };
}

function strangeTable(name: string, known: readonly string[], types: Types) {
  const isType = types.some(({ value }) => value.type === name);
  const message = isType
    ? `The type "${name}" has another source. Write "source: reference" in types/${name}.yaml, or take this table away.`
    : `A table is called like its type. ${unknownName('type', name, known, []).message}`;
  return { code: 'reference-type', message };
}

function tableType(name: string, types: Types): TableType | undefined {
  const file = types.find(({ value }) => value.type === name && isReference(value));
  if (file === undefined) return undefined;
  const { schema, key, unique = [] } = file.value;
  const resolve = (other: string) => types.find(({ value }) => value.type === other)?.value.schema;
  const type = typeFromSchema(schema, resolve, { typeName: name });
  return { name, type, key: [key].flat(), unique: [unique].flat() };
}
