import type { Problem } from '../../kernel/problem.ts';
import { remembered } from '../../kernel/remembered.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import { changedCore } from './changed-core.ts';
import type { ChangedCore, CoreState } from './changed-core.ts';
import { usesOf } from '../uses/workflow-uses.ts';
import { changedUses } from './changed-uses.ts';
import { CheckedSide, ImpactVersions } from './checked-side.ts';
import type { Seen } from './checked-side.ts';
import type { ArtefactImpact, CheckSource, ImpactVersion } from './impact.ts';
import { namesAlike } from './names-alike.ts';
import { mentionsOf, underChangedRules, usesChanged } from './mentions.ts';

/** How a version may be touched by a change. */
type Touch = 'uses' | 'rules';

/** A part of the versions to be judged: the shares of all numbers from 0 on, put together, are all. */
export interface ImpactShare {
  readonly number: number;
  readonly of: number;
}

const WHOLE: ImpactShare = { number: 0, of: 1 };

/**
 * Tells of every workflow version and core process what a change of the core does to it. Only what
 * names something that changed, or runs what does, is checked again.
 * @param share - of which versions; the first share also tells of the core itself (Default: of all)
 */
export function judgeImpact(
  before: CoreState,
  after: CoreState,
  all: readonly ImpactVersion[],
  check: CheckSource,
  share: ImpactShare = WHOLE,
): readonly ArtefactImpact[] {
  const changed = changedCore(before, after);
  const names = new Set([...changed.names, ...touchedProcesses(before, after, changed)]);
  const whole = { ...changed, names };
  const versions = new ImpactVersions(all);
  const touchOf = touchBy(versions, whole);
  const was = new CheckedSide(before.view, versions, check, () => true);
  const is = new CheckedSide(after.view, versions, check, (one) => touchOf(one) === undefined);
  const isAlike = namesAlike(before.view, after.view, names);
  const usesIn = (version: ImpactVersion, now: Seen): ArtefactImpact['uses'] => {
    const { name, source } = version;
    // What passes, and names the same parts as before, is not read once more as it was before.
    const { workflow, map, outline } =
      isAlike && now.problems.length === 0 && now.outline ? now : was.read(version);
    if (workflow === undefined || map === undefined) return [];
    const core = was.viewFor(version);
    const read = { name, text: source.text, workflow, core, map, ...(outline && { outline }) };
    return changedUses(usesOf(read), whole, before.view, after.view);
  };
  return [
    ...(share.number === 0 ? coreImpacts(before, after, whole) : []),
    ...shareOf(versions.all, share).map((version): ArtefactImpact => {
      const { name, version: number } = version;
      const numbered = number === undefined ? {} : { version: number };
      const named = { kind: 'workflow', name, ...numbered } as const;
      const touch = touchOf(version);
      if (touch === undefined) return { ...named, verdict: 'safe', uses: [], problems: [] };
      const now = is.checked(version);
      const found = verdictOf(now, touch, () => was.checked(version));
      return { ...named, ...found, uses: found.verdict === 'safe' ? [] : usesIn(version, now) };
    }),
  ];
}

function shareOf<T>(all: readonly T[], { number, of }: ImpactShare): readonly T[] {
  const at = (part: number): number => Math.floor((part * all.length) / of);
  return all.slice(at(number), at(number + 1));
}

function verdictOf(
  now: Seen,
  touch: Touch,
  before: () => Seen,
): Pick<ArtefactImpact, 'verdict' | 'problems' | 'wasBroken'> {
  if (touch === 'uses' && now.problems.length === 0) return { verdict: 'affected', problems: [] };
  const earlier = before();
  const told = new Set(earlier.problems.map(words));
  const problems = now.problems.filter((problem) => !told.has(words(problem)));
  if (now.workflow === undefined) {
    if (earlier.workflow !== undefined) return { verdict: 'broken', problems };
    return { verdict: 'broken', problems: now.problems, wasBroken: true };
  }
  const isSame = touch === 'rules' && saysTheSame(now, earlier);
  return { verdict: isSame ? 'safe' : 'affected', problems };
}

function saysTheSame(now: Seen, earlier: Seen): boolean {
  return now.problems.map(words).join('\n') === earlier.problems.map(words).join('\n');
}

function words({ code, severity, path, message, file = '' }: Problem): string {
  return JSON.stringify([code, severity, path, message, file]);
}

/**
 * Tells of a version whether it uses what changed, or is checked by rules that did, or runs one that
 * does. Each is looked at when it is asked for: one thread of several is asked for its share.
 */
function touchBy(
  versions: ImpactVersions,
  changed: ChangedCore,
): (version: ImpactVersion) => Touch | undefined {
  const own = remembered(({ source }: ImpactVersion): { readonly touch?: Touch } => {
    const mentions = mentionsOf(source);
    if (usesChanged(mentions, changed)) return { touch: 'uses' };
    return underChangedRules(mentions, changed) ? { touch: 'rules' } : {};
  });
  return (version) => {
    const reached = new Set([version]);
    // What is added while the set is gone through comes up too.
    for (const one of reached) {
      if (own(one).touch === 'uses') return 'uses';
      for (const run of versions.runBy(one)) reached.add(run);
    }
    return [...reached].some((one) => own(one).touch === 'rules') ? 'rules' : undefined;
  };
}

/** The core processes that use what changed, or run one that does. */
function touchedProcesses(
  before: CoreState,
  after: CoreState,
  changed: ChangedCore,
): ReadonlySet<string> {
  const processes = [before, after].flatMap(({ core }) => [...core.processes]);
  const found = new Set<string>();
  for (let known = -1; known < found.size;) {
    known = found.size;
    const names = new Set([...changed.names, ...found]);
    for (const [name, source] of processes) {
      if (isTouched(source, { ...changed, names })) found.add(name);
    }
  }
  return found;
}

function isTouched(source: WorkflowSource, changed: ChangedCore): boolean {
  return usesChanged(mentionsOf(source), changed);
}

/** What of the core itself uses what changed, or has changed; it is right, or it could not be read. */
function coreImpacts(
  before: CoreState,
  after: CoreState,
  { names }: ChangedCore,
): readonly ArtefactImpact[] {
  const listed = (
    kind: ArtefactImpact['kind'],
    maps: readonly ReadonlyMap<string, unknown>[],
  ): readonly ArtefactImpact[] =>
    [...new Set(maps.flatMap((map) => [...map.keys()]))].map((name) => ({
      ...{ kind, name, uses: [], problems: [] },
      verdict: names.has(name) ? 'affected' : 'safe',
    }));
  return [
    ...listed('type', [before.view.types, after.view.types]),
    ...listed('operation', [before.view.operations, after.view.operations]),
    ...listed('message', [before.view.messages, after.view.messages]),
    ...listed('core process', [before.core.processes, after.core.processes]),
  ];
}
