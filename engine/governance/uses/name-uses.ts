import { readSource } from '../../kernel/definition/source.ts';
import type { SourceMap } from '../../kernel/definition/source-map.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { Path, Position } from '../../kernel/problem.ts';

/** One place of a workflow that names something of the core which is no field. */
export interface NameUse {
  /** `oms.createOrder`, `core/create-order`, `role:sales-rep`, `calendar:default`. */
  readonly what: string;
  /** What the name is there for. */
  readonly kind: string;
  /** The very text. */
  readonly words: string;
  readonly position: Position;
}

const KINDS: Readonly<Record<string, string>> = {
  call: 'call',
  run: 'run',
  workflow: 'run',
  wait: 'awaited message',
  on: 'heard message',
  message: 'message',
  undo: 'undo',
  role: 'role',
  roles: 'role',
  calendar: 'calendar',
};

/** Lists where a workflow names operations, messages, other workflows, roles and calendars. */
export function nameUsesOf(text: string, core: CoreView): readonly NameUse[] {
  const { value, map } = readSource(text);
  const known = new Set([
    ...core.operations.keys(),
    ...core.messages.keys(),
    ...core.runnables.keys(),
    ...core.roles.map((role) => `role:${role}`),
    ...[...core.calendars.keys()].map((name) => `calendar:${name}`),
  ]);
  return namesAt(value, []).flatMap((found) => {
    const what = nameOf(found);
    if (what === undefined || !known.has(what)) return [];
    return { what, kind: kindOf(found), words: found.name, position: placeOf(found, map) };
  });
}

interface Found {
  readonly name: string;
  readonly path: Path;
  readonly isKey: boolean;
}

function namesAt(value: unknown, path: Path): readonly Found[] {
  if (typeof value === 'string') return [{ name: value, path, isKey: false }];
  if (Array.isArray(value)) return value.flatMap((item, index) => namesAt(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    { name, path: [...path, name], isKey: true },
    ...namesAt(inner, [...path, name]),
  ]);
}

/** Roles, calendars and workflows have plain names: what they are is told by what stands before. */
function nameOf({ name, path, isKey }: Found): string | undefined {
  if (name.includes('.') || name.includes('/')) return name;
  if (isKey) return undefined;
  const key = keyOf(path);
  if (key === 'role' || key === 'roles') return `role:${name}`;
  if (key === 'calendar') return `calendar:${name}`;
  return key === 'run' || key === 'workflow' || key === 'start' ? name : undefined;
}

function kindOf({ path, isKey }: Found): string {
  const key = keyOf(isKey ? path.slice(0, -1) : path);
  return KINDS[key] ?? key;
}

function keyOf(path: Path): string {
  return path.findLast((step) => typeof step === 'string') ?? '';
}

function placeOf({ path, isKey }: Found, map: SourceMap): Position {
  return isKey ? map.locateKey(path) : map.locate(path);
}
