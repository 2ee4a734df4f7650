import type { Path } from '../../problem.ts';
import { nearestName } from '../../types/nearest-name.ts';
import type { Outline } from './outline.ts';
import type { Reading } from './reading.ts';

/**
 * Finds the state that a target means to a state's transition: a sibling, `state/inside/it`, or
 * `^name` for the nearest outer level that has it. Reports one that leads nowhere, or as a target
 * into a region.
 */
export function resolveTarget(
  written: string,
  from: Outline,
  path: Path,
  reading: Reading,
  as: 'target' | 'scope' = 'target',
): Outline | undefined {
  const { report } = reading;
  const found = find(written, from);
  if (found === undefined) {
    const meant = suggestion(written, from);
    const told = meant === undefined ? '' : ` Did you mean "${meant}"?`;
    const message = `There is no state "${written}" to be reached from ${nameOf(from)}.${told}`;
    report.at(path, 'unknown-state', message, report.replacement(path, meant));
    return undefined;
  }
  if (found.parent?.kind === 'parallel' && as === 'target') {
    const message = `"${written}" is a region of "${found.parent.name}": all regions are entered at once. Name "${found.parent.name}" instead.`;
    report.at(path, 'target-is-region', message);
    return undefined;
  }
  return found;
}

/** Finds a state inside another by its name there: `inside`, or `inside/further`. */
export function resolveInside(written: string, outer: Outline): Outline | undefined {
  return written
    .split('/')
    .reduce<Outline | undefined>((state, name) => childOf(state, name), outer);
}

function childOf(state: Outline | undefined, name: string): Outline | undefined {
  return state === undefined || state.isWork ? undefined : state.children.get(name);
}

function find(written: string, from: Outline): Outline | undefined {
  const outwards = written.startsWith('^');
  const [first = '', ...inside] = (outwards ? written.slice(1) : written).split('/');
  const start = outwards
    ? levelsAround(from)
        .slice(1)
        .find((level) => level.has(first))
    : levelsAround(from)[0];
  return inside.reduce<Outline | undefined>(childOf, start?.get(first));
}

/** The levels that a state can name, its own first. What the engine wrote out has no names. */
function levelsAround(from: Outline): readonly ReadonlyMap<string, Outline>[] {
  // A rule of the workflow itself names the states of the workflow.
  if (from.parent === undefined) return [from.children];
  const levels: ReadonlyMap<string, Outline>[] = [];
  for (let outer: Outline | undefined = from.parent; outer !== undefined; outer = outer.parent) {
    levels.push(outer.isWork ? new Map() : outer.children);
  }
  return levels;
}

function suggestion(written: string, from: Outline): string | undefined {
  const [own = new Map<string, Outline>(), ...outer] = levelsAround(from);
  const known = [
    ...own.keys(),
    ...[...own.values()].flatMap(pathsInside),
    ...outer.flatMap((level) =>
      [...level.values()].filter(isNoRegion).map(({ name }) => `^${name}`),
    ),
  ];
  const last = written.replace('^', '').split('/').at(-1) ?? '';
  const elsewhere = known.find((name) => name.replace('^', '').split('/').at(-1) === last);
  return elsewhere ?? nearestName(written, known);
}

function pathsInside(state: Outline): readonly string[] {
  if (state.isWork) return [];
  return [...state.children.values()].flatMap((child) => {
    const inner = pathsInside(child).map((path) => `${state.name}/${path}`);
    return state.kind === 'parallel' ? inner : [`${state.name}/${child.name}`, ...inner];
  });
}

function isNoRegion(state: Outline): boolean {
  return state.parent?.kind !== 'parallel';
}

function nameOf(state: Outline): string {
  return `"${state.path.at(-1) ?? 'the workflow'}"`;
}
