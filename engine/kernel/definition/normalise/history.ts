import type { Path } from '../../problem.ts';
import type { Outline } from './outline.ts';
import type { Reading } from './reading.ts';
import { resolveTarget } from './targets.ts';

/** Where a transition leads. */
export interface Destination {
  readonly to: string;
  readonly history?: 'shallow' | 'deep';
}

/** Finds where a target leads that may end in `/history` or `/deepHistory`; reports what cannot be. */
export function resolveDestination(
  written: string,
  from: Outline,
  path: Path,
  reading: Reading,
): Destination | undefined {
  const [, name = '', kind] = /^(.+)\/(history|deepHistory)$/.exec(written) ?? [];
  if (kind === undefined) {
    const target = resolveTarget(written, from, path, reading);
    return target && { to: target.id };
  }
  const target = resolveTarget(name, from, path, reading);
  if (target === undefined) return undefined;
  const isDeep = kind === 'deepHistory';
  const wrong = whyNot(target, from, isDeep, name);
  if (wrong !== undefined) {
    const fix = reading.report.replacement(path, wrong.cure);
    reading.report.at(path, 'history', wrong.message, fix);
    return undefined;
  }
  return { to: target.id, history: isDeep ? 'deep' : 'shallow' };
}

function whyNot(
  target: Outline,
  from: Outline,
  isDeep: boolean,
  name: string,
): { readonly message: string; readonly cure: string } | undefined {
  if (target.kind !== 'states' && target.kind !== 'parallel') {
    const message = `"${name}" has no states inside to go back to. Name the state itself.`;
    return { message, cure: name };
  }
  if (target.kind === 'parallel' && !isDeep) {
    const message = `All regions of "${name}" go back to where they were: write "${name}/deepHistory".`;
    return { message, cure: `${name}/deepHistory` };
  }
  for (let outer: Outline | undefined = from; outer !== undefined; outer = outer.parent) {
    if (outer !== target) continue;
    const message = `The case is in "${name}" here, so there is nothing to go back to. Name the state that comes next.`;
    return { message, cure: name };
  }
  return undefined;
}
