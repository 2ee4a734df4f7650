import fc from 'fast-check';
import type {
  Assignment,
  DataField,
  Expression,
} from '../../../engine/kernel/definition/values.ts';
import type { Form, FormField } from '../../../engine/kernel/definition/form.ts';
import type { State, StateOf } from '../../../engine/kernel/definition/state.ts';
import type { Transition } from '../../../engine/kernel/definition/rules.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';
import { TEXT, withEmptiness } from '../../../engine/kernel/types/make-type.ts';

/** What a random statechart is made of. Numbers pick among what there is when it is built. */
export interface Plan {
  readonly kind: 'plain' | 'task' | 'call' | 'states' | 'parallel';
  readonly entry: readonly Write[];
  readonly exit: readonly Write[];
  readonly rules: readonly Rule[];
  readonly fields: readonly { readonly field: number; readonly required: boolean }[];
  readonly children: readonly Plan[];
  /** Of a parallel: how many regions need not finish. */
  readonly spare?: number | undefined;
  /** As a region: the field without which it is left out. */
  readonly when?: number | undefined;
}

export interface Write {
  readonly field: number;
  readonly fills: boolean;
}

export interface Rule {
  /** Picks the target among all states; none for a rule that stays. */
  readonly to: number | undefined;
  readonly set: readonly Write[];
  readonly guard: number | undefined;
}

export const FIELDS = ['a', 'b', 'c', 'd', 'e'];

const write = fc.record({ field: fc.nat(4), fills: fc.boolean() });
const writes = fc.array(write, { maxLength: 1 });
const rule = (guards: boolean): fc.Arbitrary<Rule> =>
  fc.record({
    to: fc.option(fc.nat(40), { nil: undefined, freq: 6 }),
    set: writes,
    guard: guards ? fc.option(fc.nat(4), { nil: undefined }) : fc.constant(undefined),
  });

export function plans(guards: boolean): fc.Arbitrary<readonly Plan[]> {
  const leaf = fc.constantFrom('plain', 'task', 'call') as fc.Arbitrary<Plan['kind']>;
  const { states } = fc.letrec<{ plan: Plan; states: readonly Plan[] }>((tie) => ({
    states: fc.array(tie('plan'), { minLength: 1, maxLength: 3 }),
    plan: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.record({
        kind: leaf,
        entry: writes,
        exit: writes,
        rules: fc.array(rule(guards), { minLength: 1, maxLength: 3 }),
        fields: fc.array(fc.record({ field: fc.nat(4), required: fc.boolean() }), { maxLength: 2 }),
        children: fc.constant([]),
      }),
      fc.record({
        kind: fc.constantFrom('states', 'parallel') as fc.Arbitrary<Plan['kind']>,
        entry: writes,
        exit: writes,
        rules: fc.array(rule(guards), { maxLength: 3 }),
        fields: fc.constant([]),
        children: tie('states'),
        spare: guards ? fc.nat(2) : fc.constant(0),
        when: guards ? fc.option(fc.nat(4), { nil: undefined }) : fc.constant(undefined),
      }),
    ),
  }));
  return states;
}

const NO_ACTIONS = { set: [], send: [] };
let paths = 0;
const nextPath = (): readonly [number] => [(paths += 1)];

function expression(source: string): Expression {
  return { path: nextPath(), source };
}

/** Builds one workflow from plans; every region gets fields of its own to write. */
export class Builder {
  /** The fields that concern a state: those of the regions beside it do not. */
  readonly fieldsOf = new Map<string, readonly string[]>();
  readonly #intoRegions: boolean;
  readonly #forms: Form[] = [];
  readonly #ids: string[] = [];

  /** With `intoRegions`, rules may also lead from outside into the middle of a region. */
  constructor({ intoRegions }: { readonly intoRegions: boolean }) {
    this.#intoRegions = intoRegions;
  }

  build(plans: readonly Plan[]): Workflow {
    const data: readonly DataField[] = FIELDS.map((name) => ({
      path: ['data', name],
      name,
      type: withEmptiness(TEXT, true),
      schema: { type: 'string' },
    }));
    const root = this.#states('', '', plans, FIELDS);
    return {
      name: 'random',
      title: 'Random',
      team: 'operations',
      core: 1,
      reference: 'R-{number}',
      data,
      starts: [{ path: ['start'], name: 'begin', set: [], kind: 'run', fields: ['a'] }],
      forms: this.#forms,
      decisions: [],
      messages: [],
      root: this.#resolved(root) as StateOf<'states'>,
    };
  }

  #states(id: string, name: string, plans: readonly Plan[], fields: readonly string[]): State {
    const inside = (child: string): string => (id === '' ? child : `${id}/${child}`);
    const children = plans.map((plan, index) =>
      this.#state(inside(`s${String(index)}`), plan, fields),
    );
    const end = { ...base(inside('end'), 'end'), kind: 'final' as const };
    this.#ids.push(end.id);
    this.fieldsOf.set(id, fields).set(end.id, fields);
    return {
      ...base(id, name),
      kind: 'states',
      initial: inside('s0'),
      children: [...children, end],
    };
  }

  #state(id: string, plan: Plan, fields: readonly string[]): State {
    this.#ids.push(id);
    this.fieldsOf.set(id, fields);
    const name = id.split('/').at(-1) ?? id;
    const own = (write: Write): string => fields[write.field % fields.length] ?? 'a';
    const assign = (write: Write): Assignment => ({
      path: nextPath(),
      target: [own(write)],
      value: expression(write.fills ? '"x"' : 'null'),
    });
    const transitions = plan.rules.map((rule): Transition => ({
      path: nextPath(),
      ...(rule.to !== undefined && { to: `#${String(rule.to)}` }),
      ...(rule.guard !== undefined && {
        when: expression(`${fields[rule.guard % fields.length] ?? 'a'} != null`),
      }),
      set: rule.set.map(assign),
      send: [],
    }));
    const common = {
      ...base(id, name),
      entry: { set: plan.entry.map(assign), send: [] },
      exit: { set: plan.exit.map(assign), send: [] },
    };
    // Each rule in a list of its own, so that each can be taken.
    const after = transitions.map((one) => ({
      path: nextPath(),
      timing: { kind: 'span' as const, span: { amount: 1, unit: 'days' as const } },
      pauseWhile: [],
      rules: [one],
    }));
    const [first, ...rest] = transitions;
    const done = first === undefined ? [] : [first];
    switch (plan.kind) {
      case 'plain':
        return { ...common, kind: 'plain', after };
      case 'task': {
        const form = this.#form(plan, fields);
        const on = transitions.map((one, index) => ({
          path: nextPath(),
          event: `o${String(index)}`,
          rules: [one],
        }));
        return {
          ...common,
          kind: 'task',
          assign: { path: [], kind: 'role', role: 'clerk', pick: 'claim' },
          form,
          escalate: [],
          notBy: [],
          save: [],
          on,
        };
      }
      case 'call': {
        const save = plan.fields.map((one) => assign({ field: one.field, fills: one.required }));
        return {
          ...common,
          kind: 'call',
          operation: 'nothing.here',
          with: [],
          save,
          done,
          failed: rest.slice(0, 1),
        };
      }
      case 'states': {
        const states = this.#states(id, name, plan.children, fields);
        return { ...states, ...common, done: leaving(done), after: after.slice(1) } as State;
      }
      case 'parallel': {
        const shares = Math.min(plan.children.length, fields.length);
        const children = plan.children.slice(0, shares).map((child, index) => {
          const share = fields.filter((_, place) => place % shares === index);
          const region = `${id}/r${String(index)}`;
          const written = this.#states(region, `r${String(index)}`, [child], share);
          const field = child.when === undefined ? undefined : share[child.when % share.length];
          return field === undefined
            ? written
            : { ...written, when: expression(`${field} != null`) };
        });
        return {
          ...common,
          kind: 'parallel',
          children,
          join: Math.max(1, children.length - (plan.spare ?? 0)),
          done: leaving(done),
          after: after.slice(1),
        };
      }
    }
  }

  #form(plan: Plan, fields: readonly string[]): string {
    const name = `form${String(this.#forms.length)}`;
    const asked = new Map(
      plan.fields.map(({ field, required }) => [fields[field % fields.length] ?? 'a', required]),
    );
    const formFields = [...asked].map(([target, required]): FormField => ({
      path: nextPath(),
      scope: 'data',
      target: [target],
      required,
    }));
    this.#forms.push({
      path: nextPath(),
      name,
      title: name,
      show: [],
      pages: [{ path: nextPath(), fields: formFields }],
      outcomes: [],
      rules: [],
      summary: false,
      items: [],
    });
    return name;
  }

  /** Turns the number of a target into a state that may be entered from there. */
  #resolved(state: State): State {
    const resolve = (rule: Transition): Transition => {
      if (rule.to === undefined) return rule;
      const { to, ...stays } = rule;
      const target = targetFor(state.id, Number(to.slice(1)), this.#ids, this.#intoRegions);
      return target === undefined ? stays : { ...rule, to: target };
    };
    const resolved = {
      ...state,
      done: state.done.map(resolve),
      failed: state.failed.map(resolve),
      on: state.on.map((handler) => ({ ...handler, rules: handler.rules.map(resolve) })),
      after: state.after.map((timer) => ({ ...timer, rules: timer.rules.map(resolve) })),
    };
    if (resolved.kind !== 'states' && resolved.kind !== 'parallel') return resolved;
    return { ...resolved, children: resolved.children.map((child) => this.#resolved(child)) };
  }
}

/** What stays at an end is told more carefully than it need be: nothing happens there any more. */
function leaving(rules: readonly Transition[]): readonly Transition[] {
  return rules.filter(({ to }) => to !== undefined);
}

function base(id: string, name: string) {
  return {
    id,
    name,
    path: nextPath(),
    entry: NO_ACTIONS,
    exit: NO_ACTIONS,
    on: [],
    buttons: [],
    hears: [],
    signals: [],
    after: [],
    next: [],
    done: [],
    failed: [],
  };
}

/** A target must not lie in another region of a parallel around the source. */
function targetFor(
  source: string,
  pick: number,
  ids: readonly string[],
  intoRegions: boolean,
): string | undefined {
  const regions = regionsAround(source);
  const allowed = ids.filter((id) =>
    regions.every(
      ({ parallel, region }) =>
        !id.startsWith(`${parallel}/`) || id.startsWith(`${region}/`) || id === region,
    ),
  );
  const entered = allowed.filter(
    (id) => intoRegions || regionsAround(id).every(({ region }) => source.startsWith(`${region}/`)),
  );
  return entered[pick % entered.length];
}

function regionsAround(id: string) {
  return [...id.matchAll(/\/r\d+/g)].map((match) => ({
    parallel: id.slice(0, match.index),
    region: id.slice(0, match.index + match[0].length),
  }));
}
