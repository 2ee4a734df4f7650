import { TrellisError } from '../../errors.ts';
import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { State, StateOf, StateRules } from '../state.ts';
import { readOn } from './handlers.ts';
import type { Outline } from './outline.ts';
import { DONE, WORK, outlineOf } from './outline.ts';
import { readExpression } from './expressions.ts';
import { checkReserved } from './reading.ts';
import type { Reading } from './reading.ts';
import { checkKeys } from './state-keys.ts';
import { readTimers } from './timers.ts';
import { readActions, readTransitions } from './transitions.ts';
import type { TransitionSite } from './transitions.ts';
import { readWork } from './work.ts';
import { readUndo } from './undo.ts';
import { workAndEnds } from './work-region.ts';

/** Reads the whole statechart. */
export function readStates(workflow: Written<'Workflow'>, reading: Reading): StateOf<'states'> {
  const root = outlineOf(workflow);
  return {
    kind: 'states',
    id: root.id,
    name: root.name,
    path: root.path,
    ...NO_RULES,
    ...readOn(workflow.on, ['on'], { from: root, reading }),
    after: readTimers(workflow.after, ['after'], { from: root, reading }),
    ...readUndo(workflow.undo, ['undo'], reading),
    initial: readInitial(root, workflow.initial, reading),
    children: [...root.children.values()].map((child) => readState(child, reading)),
  };
}

const NO_RULES: StateRules = {
  entry: { set: [], send: [] },
  exit: { set: [], send: [] },
  on: [],
  buttons: [],
  hears: [],
  signals: [],
  after: [],
  next: [],
  done: [],
  failed: [],
};

function readState(state: Outline, reading: Reading): State {
  checkReserved(state.name, state.path, reading);
  if (state.parent?.kind === 'parallel') checkRegion(state, reading);
  checkKeys(state, reading);
  const read = state.isWork
    ? readWorkRegion(state, reading)
    : readOwn(state, { from: state, reading });
  const { when } = state.written;
  if (when === undefined || state.parent?.kind !== 'parallel') return read;
  return { ...read, when: readExpression(when, [...state.path, 'when']) };
}

/** What a state is called and says of itself. */
function readHead(state: Outline): Pick<State, 'id' | 'name' | 'path'> {
  const { id, name, path } = state;
  const { title, description, milestone } = state.written;
  // The milestone of a region that is one piece of work is the region's.
  const reached = state.parent?.isWork === true ? undefined : milestone;
  return {
    id,
    name,
    path,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(reached === undefined ? {} : { milestone: reached }),
  };
}

function readOwn(state: Outline, site: TransitionSite): State {
  const read = readBare(state, site);
  const { written, path } = state;
  if (read.kind === 'final') return read;
  return {
    ...read,
    ...readUndo(written.undo, [...path, 'undo'], site.reading),
    ...readLimit(written.limit, [...path, 'limit']),
  };
}

/** Without `by`, all cases of the workflow stand in one queue. */
function readLimit(written: Written<'Limit'> | undefined, path: Path): Pick<State, 'limit'> {
  if (written === undefined) return {};
  const { n, name, by } = written;
  const each = by === undefined ? {} : { by: readExpression(by, [...path, 'by']) };
  return { limit: { path, name, n, ...each } };
}

function readBare(state: Outline, site: TransitionSite): State {
  const { reading } = site;
  const base = {
    ...readHead(state),
    ...readRules(state, site),
  };
  const children = (): readonly State[] =>
    [...state.children.values()].map((child) => readState(child, reading));
  switch (state.kind) {
    case 'states': {
      const initial = readInitial(state, state.written.initial, reading);
      return { ...base, kind: 'states', initial, children: children() };
    }
    case 'parallel':
      return { ...base, kind: 'parallel', children: children(), join: readJoin(state, reading) };
    case 'final': {
      const { final } = state.written;
      return { ...base, kind: 'final', ...(typeof final === 'string' ? { outcome: final } : {}) };
    }
    case 'plain':
      return { ...base, kind: 'plain' };
    default:
      return { ...base, ...workOf(state, reading) };
  }
}

function workOf(state: Outline, reading: Reading): NonNullable<ReturnType<typeof readWork>> {
  const work = readWork(state, reading);
  if (work === undefined) throw new TrellisError('defect', `State "${state.id}" has no work.`);
  return work;
}

function readRules(state: Outline, site: TransitionSite): StateRules {
  const { written, path } = state;
  const { reading } = site;
  const staying: TransitionSite = { from: site.from, reading };
  return {
    entry: readActions(written.entry, [...path, 'entry'], reading),
    exit: readActions(written.exit, [...path, 'exit'], reading),
    ...readOn(written.on, [...path, 'on'], site),
    after: readTimers(written.after, [...path, 'after'], staying),
    next: readTransitions(written.next, [...path, 'next'], site),
    done: readTransitions(written.done, [...path, 'done'], site),
    failed: readTransitions(written.failed, [...path, 'failed'], staying),
  };
}

/** Without `initial`, a state begins in the first one listed. */
function readInitial(state: Outline, initial: string | undefined, reading: Reading): string {
  const path = [...state.path, 'initial'];
  if (initial !== undefined && !state.children.has(initial)) {
    reading.report.unknown(path, 'unknown-state', 'state', initial, state.children.keys());
  }
  const name = initial ?? [...state.children.keys()][0] ?? '';
  return state.children.get(name)?.id ?? '';
}

/** Without `join`, all regions are waited for. */
function readJoin({ written, path, children }: Outline, { report }: Reading): number {
  const { join = 'all' } = written;
  if (join === 'all') return children.size;
  if (join > children.size) {
    const at = [...path, 'join'];
    const message = `Only ${String(children.size)} regions run here, so ${String(join)} of them can never finish.`;
    report.at(at, 'join-number', message, report.replacement(at, 'all'));
  }
  return join;
}

function checkRegion(region: Outline, { report }: Reading): void {
  const { written, path, name } = region;
  if (region.isWork) {
    const work = region.children.get(WORK)?.kind;
    if (work === 'plain' || work === 'final') {
      const message = `The region "${name}" needs \`states\` of its own, or one piece of work.`;
      report.atKey(path, 'empty-region', message);
    }
    return;
  }
  for (const key of ['done', 'next'] as const) {
    if (written[key] === undefined) continue;
    const message = `A region is not left by "${key}": it ends in a final state, and the state around all regions has \`done\`.`;
    report.atKey([...path, key], 'region-leaves', message);
  }
}

/** A region that is one piece of work becomes a state with that work, and its ends. */
function readWorkRegion(region: Outline, reading: Reading): State {
  const work = region.children.get(WORK);
  if (work === undefined) throw new TrellisError('defect', `Region "${region.id}" has no work.`);
  const own = readOwn(work, { from: work, reading, finish: `${region.id}/${DONE}` });
  return {
    ...readHead(region),
    kind: 'states',
    ...NO_RULES,
    initial: work.id,
    children: workAndEnds(own, region, NO_RULES, reading),
  };
}
