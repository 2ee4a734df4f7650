import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';

export type WrittenState = Written<'State'>;

/** The kinds of work; a state has one of them at most. */
const KINDS_OF_STATE = [
  ...([
    'task',
    'ask',
    'call',
    'run',
    'start',
    'wait',
    'decide',
    'parallel',
    'states',
    'final',
  ] as const),
] as const;
export type KindOfState = (typeof KINDS_OF_STATE)[number] | 'plain';

/** Names of the states that a region of one piece of work is written out as. */
export const WORK = 'work';
export const DONE = 'done';

/** One state among the others: what is needed to find where a target leads. */
export interface Outline {
  readonly id: string;
  readonly name: string;
  readonly path: Path;
  readonly kind: KindOfState;
  readonly written: WrittenState;
  readonly parent?: Outline;
  readonly children: ReadonlyMap<string, Outline>;
  /**
   * A region that is one piece of work; its states are the engine's own and cannot be named. The
   * work is its child `work`.
   */
  readonly isWork: boolean;
}

/** Makes the outline of a whole workflow. */
export function outlineOf(workflow: Written<'Workflow'>): Outline {
  const written: WrittenState = { states: workflow.states };
  return build({ id: '', name: '', path: [], kind: 'states', written, isWork: false });
}

/** Gives the kinds that a state has; more than one is the author's mistake. */
export function kindsOf(written: WrittenState): readonly (typeof KINDS_OF_STATE)[number][] {
  return KINDS_OF_STATE.filter((kind) => written[kind] !== undefined);
}

type Seed = Omit<Outline, 'children'>;

function build(seed: Seed): Outline {
  const children = new Map<string, Outline>();
  const outline: Outline = { ...seed, children };
  const { written } = seed;
  if (seed.isWork) {
    const work = { ...seed, id: `${seed.id}/${WORK}`, name: WORK, kind: kindOf(written) };
    children.set(WORK, build({ ...work, parent: outline, isWork: false }));
    return outline;
  }
  const inside = seed.kind === 'parallel' ? written.parallel : written.states;
  if (seed.kind !== 'parallel' && seed.kind !== 'states') return outline;
  for (const [name, child] of Object.entries(inside ?? {})) {
    const isWork = seed.kind === 'parallel' && child.states === undefined;
    const childSeed: Seed = {
      id: seed.id === '' ? name : `${seed.id}/${name}`,
      name,
      path: [...seed.path, seed.kind, name],
      kind: isWork ? 'states' : kindOf(child),
      written: child,
      parent: outline,
      isWork,
    };
    children.set(name, build(childSeed));
  }
  return outline;
}

function kindOf(written: WrittenState): KindOfState {
  return kindsOf(written)[0] ?? 'plain';
}
