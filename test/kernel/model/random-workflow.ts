import fc from 'fast-check';
import type { GeneratorValue } from 'fast-check';
import type { Change, Guard, ModelKind, ModelRule, ModelState } from './model-workflow.ts';

const GUARDS: readonly Guard[] = [
  { text: 'orElse(count, 0) > 50', holds: ({ count }) => count > 50 },
  { text: 'orElse(count, 0) <= 50', holds: ({ count }) => count <= 50 },
  { text: 'orElse(flag, false)', holds: ({ flag }) => flag },
  { text: '!orElse(flag, false)', holds: ({ flag }) => !flag },
  { text: 'other > 7', holds: ({ other }) => other > 7 },
  { text: 'other < 5', holds: ({ other }) => other < 5 },
];

const CHANGES: readonly Change[] = [
  { text: { other: 'other + 1' }, apply: (data) => ({ ...data, other: data.other + 1 }) },
  { text: { other: 'other - 2' }, apply: (data) => ({ ...data, other: data.other - 2 }) },
  { text: { flag: 'true' }, apply: (data) => ({ ...data, flag: true }) },
  { text: { flag: 'false' }, apply: (data) => ({ ...data, flag: false }) },
  { text: { count: '60' }, apply: (data) => ({ ...data, count: 60 }) },
  { text: { count: 'other > 7 ? 0 : 100' }, apply: manyOrNone },
];

function manyOrNone(data: { readonly count: number; readonly other: number; flag: boolean }) {
  return { ...data, count: data.other > 7 ? 0 : 100 };
}

/** How deep groups and regions nest, and how many states a workflow has at the most. */
const DEPTH = 3;
const SIZE = 16;

/** A state while its targets are still to be chosen. */
interface Plan {
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  readonly children: readonly Plan[];
}

type Rules = Omit<ModelState, 'id' | 'name' | 'kind' | 'children' | 'outcome' | 'hasUndo'>;

const NO_RULES: Rules = { on: {}, done: [], failed: [], next: [], after: [] };

/** What a state's own work, or what lies inside it, may end as. */
function outcomesOf({ kind }: Plan, children: readonly ModelState[]): readonly string[] {
  if (kind === 'task') return ['yes', 'no'];
  if (kind === 'ask') return ['accept', 'refuse'];
  if (kind === 'run') return ['other'];
  if (kind !== 'states') return [];
  return [...new Set(children.map(({ outcome }) => outcome))].filter((outcome) => outcome !== '');
}

/** Makes random workflows that the language allows, most of which no sane person would write. */
export class RandomWorkflow {
  readonly #random: GeneratorValue;
  #count = 0;

  constructor(random: GeneratorValue) {
    this.#random = random;
  }

  make(): ModelState {
    const root: Plan = { id: '', name: '', kind: 'states', children: this.#group('', 0) };
    return this.#state(root, []);
  }

  #chance(percent: number): boolean {
    return this.#random(fc.nat, { max: 99 }) < percent;
  }

  #pick<T>(from: readonly T[]): T {
    const chosen = from[this.#random(fc.nat, { max: Math.max(0, from.length - 1) })];
    if (chosen === undefined) throw new Error('There is nothing to pick from.');
    return chosen;
  }

  #list<T>(most: number, make: () => T): readonly T[] {
    return Array.from({ length: this.#random(fc.nat, { max: most }) }, make);
  }

  #group(around: string, depth: number): readonly Plan[] {
    const plain = Array.from({ length: 1 + this.#random(fc.nat, { max: 3 }) }, () =>
      this.#plan(around, depth),
    );
    const ends = this.#list(1, () => this.#leaf(around, 'final'));
    return [...plain, ...ends, this.#leaf(around, 'final')];
  }

  #plan(around: string, depth: number): Plan {
    const isOuter = depth < DEPTH && this.#count < SIZE && this.#chance(35);
    if (!isOuter) {
      return this.#leaf(
        around,
        this.#pick(['plain', 'task', 'task', 'ask', 'call', 'call', 'run', 'wait']),
      );
    }
    const { id, name } = this.#named(around);
    if (this.#chance(50)) {
      return { id, name, kind: 'states', children: this.#group(id, depth + 1) };
    }
    const children = Array.from({ length: 2 + this.#random(fc.nat, { max: 1 }) }, (): Plan => {
      const region = this.#named(id);
      return { ...region, kind: 'states', children: this.#group(region.id, depth + 2) };
    });
    return { id, name, kind: 'parallel', children };
  }

  #leaf(around: string, kind: ModelKind): Plan {
    return { ...this.#named(around), kind, children: [] };
  }

  #named(around: string): { readonly id: string; readonly name: string } {
    this.#count += 1;
    const name = `s${this.#count}`;
    return { id: around === '' ? name : `${around}/${name}`, name };
  }

  /** `levels` are the states beside this one and beside those around it, from the inside out. */
  #state(plan: Plan, levels: readonly (readonly Plan[])[], isRegion = false): ModelState {
    const isParallel = plan.kind === 'parallel';
    const inside = [isParallel ? [] : plan.children, ...levels];
    const children = plan.children.map((child) => this.#state(child, inside, isParallel));
    const isBare = plan.id === '' || plan.kind === 'final';
    const { id, name, kind } = plan;
    const outcome = kind === 'final' ? this.#outcome(plan) : '';
    const hasUndo = kind === 'call' && this.#chance(50);
    const rules = isBare ? NO_RULES : this.#ownRules(plan, children, levels, isRegion);
    return { ...{ id, name, kind, children, outcome, hasUndo }, ...rules };
  }

  #ownRules(
    plan: Plan,
    children: readonly ModelState[],
    levels: readonly (readonly Plan[])[],
    isRegion: boolean,
  ): Rules {
    const rules = (most: number): readonly ModelRule[] => this.#rules(most, levels);
    const isCalled = ['call', 'run'].includes(plan.kind);
    const isDone = ['call', 'run', 'wait', 'states', 'parallel'].includes(plan.kind) && !isRegion;
    const goesOn = !isRegion && this.#chance(plan.kind === 'plain' ? 80 : 15);
    return {
      ...(this.#chance(15) && { entry: this.#pick(CHANGES) }),
      ...(this.#chance(15) && { exit: this.#pick(CHANGES) }),
      on: this.#handlers(isRegion ? [] : outcomesOf(plan, children), rules),
      done: isDone ? rules(3) : [],
      failed: isCalled ? rules(2) : [],
      next: goesOn ? rules(2).filter(({ to }) => to) : [],
      after: this.#chance(30) ? this.#timers(rules) : [],
    };
  }

  #outcome({ id }: Plan): string {
    if (id.includes('/') && this.#chance(40)) return '';
    return this.#pick(['good', 'bad']);
  }

  #handlers(
    names: readonly string[],
    rules: (most: number) => readonly ModelRule[],
  ): ModelState['on'] {
    const written = names.map((name) => [name, rules(3)] as const);
    return Object.fromEntries(written.filter(([, list]) => list.length > 0));
  }

  #timers(rules: (most: number) => readonly ModelRule[]): ModelState['after'] {
    const days = [1, 4].slice(0, 1 + this.#random(fc.nat, { max: 1 }));
    return days.map((day) => ({ days: day, rules: rules(2) })).filter((t) => t.rules.length > 0);
  }

  #rules(most: number, levels: readonly (readonly Plan[])[]): readonly ModelRule[] {
    return this.#list(most, () => {
      const to = this.#chance(88) ? this.#target(levels) : undefined;
      return {
        ...(to && { to }),
        ...(this.#chance(45) && { when: this.#pick(GUARDS) }),
        ...(this.#chance(30) && { set: this.#pick(CHANGES) }),
        undoes: to?.isOutermost === true && this.#chance(30),
      };
    });
  }

  /** A state beside the rule's own, one inside of such a state, or one beside a state around it. */
  #target(
    levels: readonly (readonly Plan[])[],
  ): { text: string; id: string; isOutermost: boolean } | undefined {
    const filled = levels.map((plans, level) => ({ plans, level })).filter((l) => l.plans.length);
    if (filled.length === 0) return undefined;
    const { plans, level } = this.#chance(65) ? this.#pick(filled.slice(0, 1)) : this.#pick(filled);
    const mark = level === 0 ? '' : '^';
    let chosen = this.#pick(plans);
    let text = `${mark}${chosen.name}`;
    while (chosen.children.length > 0 && this.#chance(20)) {
      const region = chosen.kind === 'parallel' ? this.#pick(chosen.children) : undefined;
      chosen = this.#pick((region ?? chosen).children);
      text = [text, ...(region ? [region.name] : []), chosen.name].join('/');
    }
    return { text, id: chosen.id, isOutermost: level === levels.length - 1 };
  }
}
