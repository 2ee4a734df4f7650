import type { CoreView } from '../../kernel/core-view.ts';
import { readSource } from '../../kernel/definition/source.ts';
import type { Path } from '../../kernel/problem.ts';
import { fieldOf } from '../../kernel/types/make-type.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type { PlacedUse } from './placed-use.ts';

/** One name in a file of the core. */
interface Leaf {
  readonly path: Path;
  readonly value: string;
  readonly isKey: boolean;
}

interface Named {
  readonly what: string;
  readonly kind: string;
}

/** Lists where the core's own files name types, fields, operations, messages, processes and roles. */
export function coreUsesOf(
  files: ReadonlyMap<string, string>,
  core: CoreView,
): readonly PlacedUse[] {
  return [...files].flatMap(([file, text]) => coreFileUsesOf(file, text, core));
}

/** Lists what {@link coreUsesOf} lists of one file, by its path. */
export function coreFileUsesOf(file: string, text: string, core: CoreView): readonly PlacedUse[] {
  const names = readerOf(file, core);
  if (names === undefined) return [];
  const { value, map } = readSource(text);
  return leavesOf(value, []).flatMap((leaf) =>
    names(leaf).map(({ what, kind }): PlacedUse => {
      const position = leaf.isKey ? map.locateKey(leaf.path) : map.locate(leaf.path);
      return { what, kind, words: leaf.value, file: `core-data/${file}`, position };
    }),
  );
}

type NamesIn = (leaf: Leaf) => readonly Named[];

function readerOf(file: string, core: CoreView): NamesIn | undefined {
  const [, type] = /^types\/(\w+)\.yaml$/.exec(file) ?? [];
  if (type !== undefined) return (leaf) => typeNames(leaf, type);
  const [, connector] = /^connectors\/([\w-]+)\/connector\.yaml$/.exec(file) ?? [];
  if (connector !== undefined) return (leaf) => connectorNames(leaf, connector, core);
  if (file === 'policies.yaml') return policyNames;
  return file === 'core.yaml' ? settingsNames : undefined;
}

function leavesOf(value: unknown, path: Path): readonly Leaf[] {
  if (typeof value === 'string') return [{ path, value, isKey: false }];
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { path: [...path, key], value: key, isKey: true },
    ...leavesOf(inner, [...path, key]),
  ]);
}

function typeNames(leaf: Leaf, type: string): readonly Named[] {
  const [first] = leaf.path;
  if (!leaf.isKey && (first === 'key' || first === 'unique')) {
    return [{ what: `${type}.${leaf.value}`, kind: first }];
  }
  return referenceNames(leaf, `part of ${type}`);
}

/** A reference to another type; those inside the same schema begin with `#`. */
function referenceNames({ path, value, isKey }: Leaf, kind: string): readonly Named[] {
  const isReference = !isKey && path.at(-1) === '$ref' && !value.startsWith('#');
  return isReference ? [{ what: value, kind }] : [];
}

function connectorNames(leaf: Leaf, connector: string, core: CoreView): readonly Named[] {
  const [section, short = '', part = ''] = leaf.path;
  const name = `${connector}.${short}`;
  if (leaf.isKey) return [];
  if (section === 'operations') return operationNames(leaf, connector, name, core);
  if (section !== 'messages') return [];
  if (part !== 'correlate') return referenceNames(leaf, `body of ${name}`);
  return fieldsOn(core.messages.get(name)?.body, leaf, `correlate of ${name}`);
}

function operationNames(
  leaf: Leaf,
  connector: string,
  name: string,
  core: CoreView,
): readonly Named[] {
  const { path, value } = leaf;
  const [, , part = '', inside] = path;
  const kind = `${part} of ${name}`;
  switch (part) {
    case 'input':
    case 'output':
      return referenceNames(leaf, kind);
    case 'lookup':
      if (inside === 'operation') return [{ what: `${connector}.${value}`, kind }];
      return fieldsOn(core.operations.get(name)?.input, leaf, kind);
    case 'request':
      return fieldsOn(core.operations.get(name)?.input, leaf, kind);
    case 'recipients':
      return [named(value, inside === 'roles', kind)];
    default:
      return [];
  }
}

/** The fields of types on an input path, or on those in the braces of a request's path. */
function fieldsOn(
  input: ValueType | undefined,
  { path, value }: Leaf,
  kind: string,
): readonly Named[] {
  const isTemplate = path.at(-1) === 'path';
  const paths = isTemplate
    ? [...value.matchAll(/\{([\w.]+)\}/g)].map(([, one = '']) => one)
    : [value];
  return paths.flatMap((one) => {
    const found: Named[] = [];
    let type = input;
    for (const step of one.split('.')) {
      type = type && fieldOf(type, step);
      if (type?.origin !== undefined) found.push({ what: type.origin, kind });
    }
    if (type?.kind === 'object' && type.name !== undefined) found.push({ what: type.name, kind });
    return found;
  });
}

/** What a text in a part of the policies names; `part` is the key that it stands under. */
const POLICY_NAMES: Readonly<Record<string, (value: string, part: unknown) => readonly Named[]>> = {
  grants: (value, part) => (GRANTED.includes(String(part)) ? [named(value, false, 'grant')] : []),
  fieldRights: (value, part) => [named(value, part === 'role', 'field right')],
  releases: (value, part) => (part === 'why' ? [] : [named(value, false, 'release')]),
  retention: (value, part) => (part === 'workflow' ? [named(value, false, 'retention')] : []),
  publishing: (value) => [named(value, true, 'publishing')],
};

const GRANTED = ['operations', 'messages', 'write'];

function policyNames({ path, value, isKey }: Leaf): readonly Named[] {
  const [section = '', , part] = path;
  if (section === 'clearances') {
    return isKey && path.length === 2 ? [named(value, false, 'clearance')] : [];
  }
  const namesIn = isKey ? undefined : POLICY_NAMES[section];
  return namesIn?.(value, part) ?? [];
}

function settingsNames({ path, value, isKey }: Leaf): readonly Named[] {
  const [section] = path;
  if (section === 'managers' && path.length > 1) return [named(value, true, 'managers')];
  const isRole = section === 'approvalRoutes' && path.at(-1) === 'role' && !isKey;
  return isRole ? [named(value, true, 'approval route')] : [];
}

function named(value: string, isRole: boolean, kind: string): Named {
  return { what: isRole ? `role:${value}` : value, kind };
}
