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
  const uses: NameUse[] = [];
  visitNames(value, undefined, (found) => {
    const what = nameOf(found);
    if (what === undefined || !known.has(what)) return;
    uses.push({ what, kind: kindOf(found), words: found.name, position: placeOf(found, map) });
  });
  return uses;
}

/** Where a value lies: the last step of its path, and the steps before it. */
interface Place {
  readonly step: string | number;
  readonly before: Place | undefined;
}

interface Found {
  readonly name: string;
  readonly at: Place | undefined;
  readonly isKey: boolean;
}

/** Visits every text and every key. Of very many few are names, so no path is made yet. */
function visitNames(value: unknown, at: Place | undefined, visit: (found: Found) => void): void {
  if (typeof value === 'string') visit({ name: value, at, isKey: false });
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      visitNames(item, { step: index, before: at }, visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const inside = { step: name, before: at };
      visit({ name, at: inside, isKey: true });
      visitNames(inner, inside, visit);
    }
  }
}

/** Roles, calendars and workflows have plain names: what they are is told by what stands before. */
function nameOf({ name, at, isKey }: Found): string | undefined {
  if (name.includes('.') || name.includes('/')) return name;
  if (isKey) return undefined;
  const key = keyOf(at);
  if (key === 'role' || key === 'roles') return `role:${name}`;
  if (key === 'calendar') return `calendar:${name}`;
  return key === 'run' || key === 'workflow' || key === 'start' ? name : undefined;
}

function kindOf({ at, isKey }: Found): string {
  const key = keyOf(isKey ? at?.before : at);
  return KINDS[key] ?? key;
}

/** The key that something stands under, in a list or not. */
function keyOf(at: Place | undefined): string {
  for (let place = at; place !== undefined; place = place.before) {
    if (typeof place.step === 'string') return place.step;
  }
  return '';
}

function pathOf(at: Place | undefined): Path {
  const path: (string | number)[] = [];
  for (let place = at; place !== undefined; place = place.before) path.unshift(place.step);
  return path;
}

function placeOf({ at, isKey }: Found, map: SourceMap): Position {
  const path = pathOf(at);
  return isKey ? map.locateKey(path) : map.locate(path);
}
