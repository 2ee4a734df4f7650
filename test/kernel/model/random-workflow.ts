import type { GeneratorValue } from 'fast-check';
import { Chance } from './chance.ts';
import type {
  Doing,
  Guard,
  ModelForEach,
  ModelKind,
  ModelRule,
  ModelRules,
  ModelState,
} from './model-workflow.ts';
import type { Plan, PlanSite } from './plan.ts';
import { fieldsIn, outside, plansIn, regionsIn } from './plan.ts';
import { OfFields } from './of-fields.ts';
import { RandomRules } from './random-rules.ts';
import { DECISIONS } from './random-decisions.ts';
import { GUARDS, KEYS, SIGNALS, LISTS, regionGuards, resultGuards } from './random-values.ts';

/** How deep groups and regions nest, and how many states a workflow has at the most. */
const DEPTH = 3;
const SIZE = 16;

const LEAVES: readonly ModelKind[] = [
  'plain',
  'task',
  'task',
  'ask',
  'call',
  'call',
  'run',
  'wait',
  'decide',
];
const NO_RULES: ModelRules = {
  ...{ on: {}, done: [], failed: [], next: [], after: [], buttons: [], hears: [], signals: {} },
};

/** What a state's own work, or what lies inside it, may end as. */
function outcomesOf({ kind }: Plan, children: readonly ModelState[]): readonly string[] {
  if (kind === 'task') return ['yes', 'no'];
  if (kind === 'ask') return ['accept', 'refuse'];
  if (kind === 'run') return ['other'];
  const ends = kind === 'parallel' ? children.flatMap((region) => region.children) : children;
  return [...new Set(ends.map(({ outcome }) => outcome))].filter((outcome) => outcome !== '');
}

function regionGuardsOf({ name, children }: ModelState): readonly Guard[] {
  return regionGuards(
    name,
    children.map(({ outcome }) => outcome).filter((outcome) => outcome !== ''),
  );
}

function emittedIn(state: ModelState): readonly string[] {
  const { entry = {}, exit = {}, on, done, failed, next, after, buttons, hears, signals } = state;
  const rules = [
    ...[done, failed, next, ...Object.values(on), ...Object.values(signals)],
    ...[...after, ...buttons, ...hears].map((one) => one.rules),
  ];
  const emitted = [entry, exit, ...rules.flat()].flatMap(({ emits }: Doing) => emits ?? []);
  return [...emitted, ...state.children.flatMap(emittedIn)];
}

/** What the case as a whole emits is heard by no region. */
function emittedInside({ children }: ModelState): ReadonlySet<string> {
  return new Set(children.flatMap(emittedIn));
}

/** Without handlers of signals that nothing emits: in the language those would be outcomes. */
function heardOnly(root: ModelState, emitted = emittedInside(root)): ModelState {
  const made = hearingOnly(root, emitted);
  const left = emittedInside(made);
  return left.size === emitted.size ? made : heardOnly(made, left);
}

function hearingOnly(state: ModelState, emitted: ReadonlySet<string>): ModelState {
  const signals = Object.entries(state.signals).filter(([name]) => emitted.has(name));
  return {
    ...state,
    signals: Object.fromEntries(signals),
    children: state.children.map((child) => hearingOnly(child, emitted)),
  };
}

type Details = ModelRules & Partial<Pick<ModelState, 'when' | 'forEach' | 'countsItems'>>;

/** Makes random workflows that the language allows, most of which no sane person would write. */
export class RandomWorkflow {
  readonly #chance: Chance;
  readonly #rules: RandomRules;
  #count = 0;

  constructor(random: GeneratorValue) {
    this.#chance = new Chance(random);
    this.#rules = new RandomRules(this.#chance);
  }

  make(): ModelState {
    const root: Plan = { id: '', name: '', kind: 'states', children: this.#group('', 0) };
    const ids = plansIn(root).map(({ id }) => id);
    const regions = regionsIn(root).map(({ id }) => id);
    const site: PlanSite = { plan: root, levels: [], fields: [0], ids, regions };
    const made = this.#state(site);
    const outer = { ...made, ...this.#outside({ ...site, levels: [root.children] }) };
    return heardOnly(outer);
  }

  #group(around: string, depth: number): readonly Plan[] {
    const plain = this.#chance.list(4, () => this.#plan(around, depth), 1);
    const ends = this.#chance.list(1, () => this.#leaf(around, 'final'));
    return [...plain, ...ends, this.#leaf(around, 'final')];
  }

  #plan(around: string, depth: number): Plan {
    const isOuter = depth < DEPTH && this.#count < SIZE && this.#chance.of(35);
    if (!isOuter) return this.#leaf(around, this.#chance.pick(LEAVES));
    const { id, name } = this.#named(around);
    if (this.#chance.of(50)) {
      return { id, name, kind: 'states', children: this.#group(id, depth + 1) };
    }
    const region = (): Plan => {
      const own = this.#named(id);
      return { ...own, kind: 'states', children: this.#group(own.id, depth + 2) };
    };
    return { id, name, kind: 'parallel', children: this.#chance.list(3, region, 2) };
  }

  #leaf(around: string, kind: ModelKind): Plan {
    return { ...this.#named(around), kind, children: [] };
  }

  #named(around: string): { readonly id: string; readonly name: string } {
    this.#count += 1;
    const name = `s${String(this.#count)}`;
    return { id: around === '' ? name : `${around}/${name}`, name };
  }

  #state(site: PlanSite): ModelState {
    const { plan } = site;
    const { id, name, kind } = plan;
    const [own = 0] = site.fields;
    const inside = [kind === 'parallel' ? [] : plan.children, ...site.levels];
    const children = plan.children.map((child) =>
      this.#state({
        ...site,
        plan: child,
        levels: inside,
        fields: fieldsIn(child.id, site.regions),
      }),
    );
    const isBare = id === '' || kind === 'final';
    const details = isBare ? NO_RULES : this.#details(site, children);
    return {
      ...{ id, name, kind, children, fields: own },
      outcome: kind === 'final' ? this.#outcome(plan) : '',
      ...this.#undo(plan, details),
      ...(kind === 'decide' && {
        decision: new OfFields(own).decision(this.#chance.pick(DECISIONS)),
      }),
      join: this.#chance.of(50) ? children.length : 1 + this.#chance.upTo(1),
      countsItems: false,
      ...details,
    };
  }

  #undo({ id, kind }: Plan, { countsItems = false }: Details): Pick<ModelState, 'undo'> {
    // What a late answer would count is not there any more.
    if (countsItems) return kind === 'call' ? { undo: 'taken' } : {};
    if (kind === 'call' && this.#chance.of(50)) {
      return { undo: this.#chance.of(70) ? 'taken' : 'other' };
    }
    const often = kind === 'final' || kind === 'call' ? 0 : id === '' ? 25 : 12;
    return this.#chance.of(often) ? { undo: 'other' } : {};
  }

  #details(site: PlanSite, children: readonly ModelState[]): Details {
    const { id, kind } = site.plan;
    const isRegion = site.regions.includes(id);
    const isWork = ['task', 'ask', 'call', 'run'].includes(kind);
    const isRepeated = isWork && this.#chance.of(30);
    return {
      ...(isRegion && this.#chance.of(25) && { when: this.#regionWhen(site) }),
      ...(this.#chance.of(15) && { entry: this.#rules.doing(site) }),
      ...(this.#chance.of(15) && { exit: this.#rules.doing(site) }),
      ...(isRepeated ? this.#repeated(site) : this.#ownRules(site, children, isRegion)),
    };
  }

  /** Whether it goes on is asked of what no region beside it writes. */
  #regionWhen({ plan, regions }: PlanSite): Guard {
    const [fields = 0] = fieldsIn(outside(plan.id), regions);
    return new OfFields(fields).guard(this.#chance.pick(GUARDS));
  }

  #ownRules(site: PlanSite, children: readonly ModelState[], isRegion: boolean): ModelRules {
    const { kind } = site.plan;
    const isDone = ['call', 'run', 'wait', 'states', 'parallel'].includes(kind) && !isRegion;
    const goesOn = !isRegion && this.#chance.of(kind === 'plain' || kind === 'decide' ? 80 : 15);
    const regions = kind === 'parallel' ? children.flatMap(regionGuardsOf) : [];
    const shared: PlanSite = { ...site, isShared: true };
    const some = (most: number, more?: readonly Guard[]): readonly ModelRule[] =>
      this.#rules.some(most, site, more);
    const one = (): ModelRule => this.#rules.one(site);
    return {
      on: this.#handlers(isRegion ? [] : outcomesOf(site.plan, children), () => some(3)),
      done: isDone ? some(3, regions) : [],
      failed: ['call', 'run'].includes(kind) ? some(2) : [],
      next: goesOn ? this.#rules.some(2, shared).filter(({ to }) => to) : [],
      after: this.#chance.of(30) ? this.#rules.timers(site, one) : [],
      ...this.#outside(site),
    };
  }

  /** An outcome ends one item: its rules stay, and may add another. */
  #repeated(site: PlanSite): Details {
    const { kind } = site.plan;
    const isCalled = kind === 'call' || kind === 'run';
    const failed = ['incident', 'skip', 'fail'] as const;
    const onItemFailed = isCalled ? this.#chance.pick(failed) : 'incident';
    const staying = (): ModelRule => {
      return this.#rules.staying(site, [], this.#chance.of(20) ? 9 : undefined);
    };
    const names = outcomesOf(site.plan, []);
    const some = this.#handlers(names, () => this.#chance.list(2, staying));
    const [first = 'yes'] = names;
    const on = isCalled || Object.keys(some).length > 0 ? some : { [first]: [staying()] };
    const guards = resultGuards(kind === 'run' ? names : Object.keys(on));
    const one = (): ModelRule => (this.#chance.of(50) ? staying() : this.#rules.one(site));
    return {
      on,
      done: this.#rules.some(3, site, guards),
      failed: onItemFailed === 'fail' ? this.#rules.some(2, site) : [],
      next: [],
      after: this.#chance.of(30) ? this.#rules.timers(site, one) : [],
      ...this.#outside(site),
      forEach: { ...this.#forEach(site, guards), onItemFailed },
      countsItems: isCalled && this.#chance.of(30),
    };
  }

  #forEach(site: PlanSite, guards: readonly Guard[]): Omit<ModelForEach, 'onItemFailed'> {
    const isSequence = this.#chance.of(30);
    const fields = this.#rules.of(site);
    const untils = [...guards, ...GUARDS.map((guard) => fields.guard(guard))];
    return {
      in: this.#rules.of(site).list(this.#chance.pick(LISTS)),
      isSequence,
      ...(!isSequence && this.#chance.of(40) && { atMost: 1 + this.#chance.upTo(1) }),
      ...(this.#chance.of(50) && { until: this.#chance.pick(untils) }),
      rest: this.#chance.pick(['cancel', 'finish']),
    };
  }

  /** Buttons and messages. */
  #outside(site: PlanSite): Pick<ModelRules, 'buttons' | 'hears' | 'signals'> {
    const shared: PlanSite = { ...site, isShared: true };
    const rules = (of = site): readonly ModelRule[] => this.#rules.some(2, of, [], 1);
    // Under `on` of a task or an ask a plain name is an outcome.
    const isOwn = ['task', 'ask'].includes(site.plan.kind) || site.regions.length === 0;
    const heard = isOwn ? [] : SIGNALS.filter(() => this.#chance.of(25));
    return {
      signals: Object.fromEntries(heard.map((name) => [name, rules(shared)])),
      buttons: this.#chance.of(12) ? [{ name: 'press', rules: rules() }] : [],
      hears: this.#chance.of(14)
        ? [{ ...this.#rules.of(site).hearing(this.#chance.pick(KEYS)), rules: rules(shared) }]
        : [],
    };
  }

  #outcome({ id }: Plan): string {
    if (id.includes('/') && this.#chance.of(40)) return '';
    return this.#chance.pick(['good', 'bad']);
  }

  #handlers(names: readonly string[], rules: () => readonly ModelRule[]): ModelState['on'] {
    const written = names.map((name) => [name, rules()] as const);
    return Object.fromEntries(written.filter(([, list]) => list.length > 0));
  }
}
