import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { WrittenConnector } from '../connector-manifest.ts';
import { checkManifest } from './connectors.ts';
import type { PlacedFile } from './file-layout.ts';
import { readHolidays } from './holidays.ts';
import { POLICIES_NOT_BUILT, policiesSchema } from './policies.ts';
import type { Policies } from './policies.ts';
import { settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';
import { typeFileSchema } from './types.ts';
import type { TypeFile } from './types.ts';
import { upgradeSchema } from './upgrade.ts';
import type { Upgrade } from './upgrade.ts';
import { checkForm, place, readYamlFile } from './yaml-file.ts';
import type { CheckedFile, YamlFile } from './yaml-file.ts';

/** The files of a core, each of the right form; what they say of each other is not checked yet. */
export interface CoreForms {
  readonly settings?: YamlFile<Settings>;
  readonly policies?: YamlFile<Policies>;
  readonly upgrade?: YamlFile<Upgrade>;
  readonly types: readonly YamlFile<TypeFile>[];
  readonly connectors: readonly YamlFile<WrittenConnector>[];
  readonly processes: readonly WorkflowSource[];
  /** Holidays (sorted ISO dates) by the path of their file. */
  readonly holidays: ReadonlyMap<string, readonly string[]>;
  /** Tables of reference data, each called like its type. */
  readonly tables: readonly PlacedFile[];
}

/**
 * Reads every file of a core and holds it against the meta-schema of its kind; with `isChecked` each
 * is taken as it is.
 */
export function readForms(
  files: readonly PlacedFile[],
  isChecked = false,
): {
  readonly forms: CoreForms;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const read = <T>(
    kind: PlacedFile['kind'],
    check: (file: YamlFile<unknown>) => CheckedFile<T>,
    nameOf?: NameOf<T>,
  ): YamlFile<T>[] =>
    files
      .filter((file) => file.kind === kind)
      .flatMap((file) => {
        const checked = readForm(file, isChecked ? asChecked : check, nameOf);
        problems.push(...checked.problems);
        return checked.file ?? [];
      });

  const [settings] = read('settings', (file) => checkForm(file, settingsSchema));
  const [policies] = read('policies', (file) =>
    checkForm(file, policiesSchema, POLICIES_NOT_BUILT),
  );
  const [upgrade] = read('upgrade', (file) => checkForm(file, upgradeSchema));
  const types = read('type', (file) => checkForm(file, typeFileSchema), typeName);
  const connectors = read('connector', checkManifest, connectorName);
  const holidays = new Map<string, readonly string[]>();
  const [tables, days] = parted(files, ({ name }) => /^[A-Z]/.test(name));
  for (const { path, text } of days) {
    const table = readHolidays(path, text);
    problems.push(...table.problems);
    holidays.set(path, table.dates);
  }
  const processes = files
    .filter(({ kind }) => kind === 'process')
    .map(({ name, text }): WorkflowSource => ({ name: `core/${name}`, text, files: {} }));
  const forms: CoreForms = {
    ...(settings && { settings }),
    ...(policies && { policies }),
    ...(upgrade && { upgrade }),
    types,
    connectors,
    processes,
    holidays,
    tables,
  };
  return { forms, problems };
}

/** The files of reference data in two parts: those of which something holds, and the others. */
function parted(
  files: readonly PlacedFile[],
  isFirst: (file: PlacedFile) => boolean,
): readonly [readonly PlacedFile[], readonly PlacedFile[]] {
  const all = files.filter(({ kind }) => kind === 'reference');
  return [all.filter(isFirst), all.filter((file) => !isFirst(file))];
}

/** Takes a file as what an earlier check against its meta-schema found it to be. */
function asChecked<T>(file: YamlFile<unknown>): CheckedFile<T> {
  return { file: file as YamlFile<T>, problems: [] };
}

/** The key under which a file says its own name, which must be that of its place. */
type NameOf<T> = (value: T) => { readonly key: string; readonly name: string };

const typeName: NameOf<TypeFile> = ({ type }) => ({ key: 'type', name: type });
const connectorName: NameOf<WrittenConnector> = ({ connector }) => ({
  key: 'connector',
  name: connector,
});

function readForm<T>(
  placed: PlacedFile,
  check: (file: YamlFile<unknown>) => CheckedFile<T>,
  nameOf?: NameOf<T>,
): CheckedFile<T> {
  const yaml = readYamlFile(placed.path, placed.text);
  if (yaml.file === undefined) return { problems: yaml.problems };
  const { file, problems } = check(yaml.file);
  const own = file && nameOf?.(file.value);
  if (file === undefined || own === undefined || own.name === placed.name)
    return { ...(file && { file }), problems };
  const message = `"${own.key}: ${own.name}" does not fit its place "${placed.path}". Write "${own.key}: ${placed.name}", or move the file.`;
  return { problems: place(file, [{ code: 'wrong-name', path: [own.key], message }]) };
}
