import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Actions, Transition } from '../rules.ts';
import type { Expression } from '../values.ts';
import { readExpression, readSet } from './expressions.ts';
import type { Outline } from './outline.ts';
import type { Reading } from './reading.ts';
import type { Destination } from './history.ts';
import { resolveDestination } from './history.ts';
import { readSends } from './sends.ts';
import { resolveTarget } from './targets.ts';

/** Where transitions stand, and where those lead that name no state. */
export interface TransitionSite {
  readonly from: Outline;
  readonly reading: Reading;
  /** The region that is this one piece of work: what names no state leads to its end. */
  readonly finish?: string;
}

/** Reads a target, a transition or a list of them. */
export function readTransitions(
  written: Written<'Transitions'> | Written<'HandlerRules'> | undefined,
  path: Path,
  site: TransitionSite,
): readonly Transition[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return [readTransition(written, path, site)];
  return written.map((rule, index) => readTransition(rule, [...path, index], site));
}

/** Reads `entry` or `exit`, or the actions of a transition. */
export function readActions(
  written: Written<'Actions'> | undefined,
  path: Path,
  reading: Reading,
): Actions {
  return {
    set: readSet(written?.set, [...path, 'set'], reading),
    send: readSends(written?.send, [...path, 'send'], reading),
    ...(written?.emit === undefined ? {} : { emit: written.emit }),
  };
}

function readTransition(
  written: string | Written<'Transition'> | Written<'Handler'>,
  path: Path,
  site: TransitionSite,
): Transition {
  if (typeof written === 'string') {
    return { path, ...readTo(written, path, site), set: [], send: [] };
  }
  const { to, when, undo, reenter, add } = written;
  return {
    path,
    ...(add === undefined ? {} : { add: readAdd(add, written, path, site) }),
    ...readTo(to, [...path, 'to'], site),
    ...(when === undefined ? {} : { when: readExpression(when, [...path, 'when']) }),
    ...(undo === undefined ? {} : readScope(undo, written, path, site)),
    ...(reenter === true && to !== undefined ? { reenter } : {}),
    ...readActions(written, path, site.reading),
  };
}

/** One more item, for a state that goes through a list and stays in it. */
function readAdd(
  add: Written<'Expression'>,
  { to }: Written<'Transition'>,
  path: Path,
  { from, reading }: TransitionSite,
): Expression {
  const at = [...path, 'add'];
  if (from.written.forEach === undefined) {
    const message =
      '"add" gives one more item to a `forEach`, and this state has none. Take it out.';
    reading.report.atKey(at, 'misplaced-key', message);
  } else if (to !== undefined) {
    const message =
      '"add" gives this state one more item, so the case must stay in it. Take "to" out.';
    reading.report.atKey(at, 'misplaced-key', message);
  }
  return readExpression(add, at);
}

function readTo(
  written: string | undefined,
  path: Path,
  site: TransitionSite,
): Partial<Destination> {
  if (written === undefined) return site.finish === undefined ? {} : { to: site.finish };
  return resolveDestination(written, site.from, path, site.reading) ?? {};
}

/** What a rule takes back: `all`, what was completed `here`, or in a state that it names. */
function readScope(
  undo: string,
  { to }: { readonly to?: string },
  path: Path,
  { from, reading, finish }: TransitionSite,
): { undo?: string } {
  const at = [...path, 'undo'];
  if (to === undefined && finish === undefined) {
    const message = '"undo" needs "to": the state that is entered when all is taken back.';
    reading.report.atKey(at, 'missing-key', message);
  }
  if (undo === 'all') return { undo: '' };
  if (undo === 'here') return { undo: from.id };
  const scope = resolveTarget(undo, from, at, reading, 'scope');
  return scope === undefined ? {} : { undo: scope.id };
}
