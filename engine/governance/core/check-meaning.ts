import type { Problem } from '../../kernel/problem.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { checkSchemaRules } from '../../kernel/validator/schema-rules.ts';
import { createValidator } from '../../kernel/validator/validator.ts';
import type { Validator } from '../../kernel/validator/validator.ts';
import { messagesOf, operationsOf } from '../connector-manifest.ts';
import { hoursFaults } from './calendars.ts';
import { manifestProblems } from './connectors.ts';
import type { Fault } from './fault.ts';
import { keyFaults } from './key-faults.ts';
import { policyFaults } from './policies.ts';
import { recipientFaults } from './recipients.ts';
import { recordsConnector } from './records-connector.ts';
import type { KnownNames } from './policies.ts';
import type { CoreForms } from './read-forms.ts';
import { tableProblems } from './reference-tables.ts';
import { settingsFaults } from './settings.ts';
import type { Settings } from './settings.ts';
import { keywordFaults, kindFaults } from './type-language.ts';
import { typeFaults } from './types.ts';
import type { TypeFile } from './types.ts';
import { defaultFaults } from './upcast.ts';
import { upgradeFaults } from './upgrade.ts';
import { place } from './yaml-file.ts';

/** The forms of a core in which no file that every core has is missing. */
export type WholeForms = CoreForms & Required<Pick<CoreForms, 'settings' | 'policies'>>;

/**
 * Tells what is wrong beyond the form of each file: first in the types, which all else is held
 * against, then in the other files and between them.
 */
export function meaningProblems(forms: WholeForms): readonly Problem[] {
  const { settings, policies, upgrade, types, connectors } = forms;
  const schemas = schemasOf(types);
  const validator = createValidator(schemas);
  const inTypes = typeProblems(types, schemas, validator);
  if (inTypes.length > 0) return inTypes;
  return [
    ...place(settings, settingsFaults(settings.value)),
    ...place(settings, calendarFaults(settings.value, forms.holidays)),
    ...unusedReferences(settings.value, forms.holidays),
    ...tableProblems(forms.tables, types, validator),
    ...connectors.flatMap((file) => [
      ...manifestProblems(file, validator),
      ...place(file, recipientFaults(file.value, namesOf(forms))),
    ]),
    ...place(policies, policyFaults(policies.value, namesOf(forms))),
    ...(upgrade === undefined ? [] : place(upgrade, upgradeFaults(upgrade.value, typesOf(types)))),
  ];
}

/** Tells what is wrong with types beyond their form. */
export function typeProblems(
  types: CoreForms['types'],
  schemas: ReadonlyMap<string, JsonSchema> = schemasOf(types),
  validator: Validator = createValidator(schemas),
): readonly Problem[] {
  const resolve = (name: string): JsonSchema | undefined => schemas.get(name);
  // Each looks further where those before it have found nothing.
  const looks: readonly ((file: CoreForms['types'][number]) => readonly Problem[])[] = [
    (file) => place(file, typeFaults(file.value)),
    (file) => place(file, inSchema(checkSchemaRules(file.value.schema, schemas))),
    (file) => place(file, keywordFaults(file.value.schema)),
    // Every reference leads to a type by now: what is still said of one only repeats that type's own.
    (file) =>
      place(file, inSchema(validator.check(file.value.schema))).filter(
        ({ code }) => code !== 'schema-reference',
      ),
    (file) => place(file, kindFaults(file.value.schema, resolve)),
    (file) => place(file, keyFaults(file.value, schemas)),
    (file) => place(file, defaultFaults(file.value.schema, validator)),
  ];
  for (const look of looks) {
    const problems = types.flatMap(look);
    if (problems.length > 0) return problems;
  }
  return [];
}

function inSchema(problems: readonly Problem[]): readonly Fault[] {
  return problems.map((problem) => ({ ...problem, path: ['schema', ...problem.path] }));
}

function typesOf(types: CoreForms['types']): ReadonlyMap<string, TypeFile> {
  return new Map(types.map(({ value }) => [value.type, value]));
}

function schemasOf(types: CoreForms['types']): ReadonlyMap<string, JsonSchema> {
  return new Map(types.map(({ value }) => [value.type, value.schema]));
}

function calendarFaults(settings: Settings, tables: CoreForms['holidays']): readonly Fault[] {
  return Object.entries(settings.calendars).flatMap(([name, calendar]) => {
    const { holidays } = calendar;
    const hours = hoursFaults(name, calendar);
    if (holidays === undefined || tables.has(holidays)) return hours;
    const message = `There is no file "${holidays}". Write it with the columns date,name, or leave "holidays" out.`;
    return [...hours, { code: 'holidays-missing', path: ['calendars', name, 'holidays'], message }];
  });
}

/** Holidays that no calendar names would be read and then ignored. */
function unusedReferences(settings: Settings, tables: CoreForms['holidays']): readonly Problem[] {
  const used = new Set(Object.values(settings.calendars).map(({ holidays }) => holidays));
  return [...tables.keys()]
    .filter((path) => !used.has(path))
    .map((path) => ({
      code: 'reference-unused',
      severity: 'error',
      path: [],
      file: path,
      position: { line: 1, column: 1, from: 0, to: 0 },
      message: `No calendar names "${path}". Name it as "holidays" of one; a table of reference data is called like its type, as in reference/ShippingRate.csv.`,
    }));
}

function namesOf({ settings, types, connectors, processes }: WholeForms): KnownNames {
  const byName = typesOf(types);
  const manifests = [...connectors.map(({ value }) => value), recordsConnector(byName)];
  return {
    roles: settings.value.roles,
    teams: Object.keys(settings.value.teams),
    operations: manifests.flatMap((manifest) =>
      fullNames(manifest.connector, operationsOf(manifest)),
    ),
    messages: manifests.flatMap((manifest) => fullNames(manifest.connector, messagesOf(manifest))),
    processes: processes.map(({ name }) => name),
    types: schemasOf(types),
  };
}

function fullNames(connector: string, named: ReadonlyMap<string, unknown>): readonly string[] {
  return [...named.keys()].map((name) => `${connector}.${name}`);
}
