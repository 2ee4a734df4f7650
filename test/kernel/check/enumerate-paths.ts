import type { Assignment } from '../../../engine/kernel/definition/values.ts';
import type { State } from '../../../engine/kernel/definition/state.ts';
import type { Transition } from '../../../engine/kernel/definition/rules.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';

/** Where a case is, and what its data hold: one node of the brute-force enumeration. */
interface Node {
  readonly leaves: readonly string[];
  readonly filled: ReadonlySet<string>;
}

/** Thrown away when an enumeration would become too large to be worth its time. */
export class TooManyNodes extends Error {}

const MOST_NODES = 3_000;

/**
 * Follows every path of a workflow step by step, as a running case would, and tells what was
 * filled at every entry into every state. Written apart from the checker on purpose.
 */
export function enumeratePaths(workflow: Workflow): ReadonlyMap<string, ReadonlySet<string>> {
  return new Enumeration(workflow).run();
}

class Enumeration {
  readonly #states = new Map<string, State>();
  readonly #parents = new Map<string, string>();
  readonly #entries = new Map<string, Set<string>>();
  readonly #workflow: Workflow;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
    this.#index(workflow.root);
  }

  run(): ReadonlyMap<string, ReadonlySet<string>> {
    const filled = new Set(['a']);
    const leaves: string[] = [];
    this.#enterState('', filled, leaves);
    const open: Node[] = [{ leaves: leaves.sort(), filled }];
    const seen = new Set(open.map(keyOf));
    for (const node of open) {
      for (const next of this.#steps(node)) {
        const key = keyOf(next);
        if (seen.has(key)) continue;
        if (seen.size > MOST_NODES) throw new TooManyNodes();
        seen.add(key);
        open.push(next);
      }
    }
    return this.#entries;
  }

  #index(state: State): void {
    this.#states.set(state.id, state);
    for (const child of childrenOf(state)) {
      this.#parents.set(child.id, state.id);
      this.#index(child);
    }
  }

  #get(id: string): State {
    const state = this.#states.get(id);
    if (state === undefined) throw new Error(`no state ${id}`);
    return state;
  }

  /** From a state outward to the root. */
  #line(id: string): readonly string[] {
    const parent = id.endsWith('/aside') ? id.slice(0, -6) : this.#parents.get(id);
    return parent === undefined ? [id] : [id, ...this.#line(parent)];
  }

  #steps(node: Node): readonly Node[] {
    const active = new Set(node.leaves.flatMap((leaf) => this.#line(leaf)));
    const next: Node[] = [];
    const take = (state: State, rule: Transition, filled: Set<string>): void => {
      if (rule.when !== undefined && !filled.has(rule.when.source.split(' ')[0] ?? '')) return;
      next.push(this.#take(node, state, rule, filled));
    };
    for (const id of active) {
      if (id.endsWith('/aside') || active.has(`${id}/aside`)) continue;
      const state = this.#get(id);
      for (const { rules } of state.after)
        for (const rule of rules) take(state, rule, new Set(node.filled));
      for (const rule of state.failed) take(state, rule, new Set(node.filled));
      for (const { rules } of state.on)
        for (const rule of rules) take(state, rule, this.#answered(state, node));
      if (!this.#isDone(state, node.leaves)) continue;
      for (const rule of state.done) {
        const filled = new Set(node.filled);
        if ('save' in state) apply(state.save, filled);
        take(state, rule, filled);
      }
    }
    return next;
  }

  #isDone(state: State, leaves: readonly string[]): boolean {
    if (state.kind === 'call') return true;
    if (state.kind === 'states')
      return leaves.includes(`${state.id === '' ? '' : `${state.id}/`}end`);
    if (state.kind !== 'parallel') return false;
    const isFinished = (region: State): boolean =>
      leaves.includes(`${region.id}/aside`) || this.#isDone(region, leaves);
    return state.children.filter(isFinished).length >= state.join;
  }

  #answered(state: State, node: Node): Set<string> {
    const filled = new Set(node.filled);
    const form = this.#workflow.forms.find(
      ({ name }) => state.kind === 'task' && name === state.form,
    );
    for (const field of form?.pages.flatMap((page) => page.fields) ?? []) {
      // An optional field that comes back empty is the worst that can happen.
      if (field.required) filled.add(field.target.join('.'));
      else filled.delete(field.target.join('.'));
    }
    return filled;
  }

  #take(node: Node, source: State, rule: Transition, filled: Set<string>): Node {
    if (rule.to === undefined) {
      apply(rule.set, filled);
      return { leaves: node.leaves, filled };
    }
    const target = rule.to;
    const around = this.#line(source.id);
    const line = this.#line(target);
    const domain = around.find((id) => id !== target && line.includes(id)) ?? '';
    const isInside = (id: string): boolean => id !== domain && this.#line(id).includes(domain);
    const active = [...new Set(node.leaves.flatMap((leaf) => this.#line(leaf)))];
    const deepestFirst = active
      .filter(isInside)
      .sort((one, other) => this.#line(other).length - this.#line(one).length);
    for (const id of deepestFirst) {
      if (!id.endsWith('/aside') && !active.includes(`${id}/aside`)) {
        apply(this.#get(id).exit.set, filled);
      }
    }
    apply(rule.set, filled);
    const leaves = node.leaves.filter((leaf) => !isInside(leaf));
    const inward = line.slice(0, line.indexOf(domain)).reverse();
    this.#enterBeside(this.#get(domain), inward[0], filled, leaves);
    this.#enterAlong(inward, filled, leaves);
    return { leaves: leaves.sort(), filled };
  }

  #enterAlong(line: readonly string[], filled: Set<string>, leaves: string[]): void {
    const [id, ...rest] = line;
    if (id === undefined) return;
    const [next] = rest;
    if (next === undefined) {
      this.#enterState(id, filled, leaves);
      return;
    }
    const state = this.#get(id);
    if (state.when !== undefined && !filled.has(state.when.source.split(' ')[0] ?? '')) {
      leaves.push(`${id}/aside`);
      return;
    }
    apply(state.entry.set, filled);
    this.#enterBeside(state, next, filled, leaves);
    this.#enterAlong(rest, filled, leaves);
  }

  #enterBeside(
    state: State,
    next: string | undefined,
    filled: Set<string>,
    leaves: string[],
  ): void {
    if (state.kind !== 'parallel') return;
    for (const region of state.children) {
      if (region.id !== next) this.#enterState(region.id, filled, leaves);
    }
  }

  #enterState(id: string, filled: Set<string>, leaves: string[]): void {
    const state = this.#get(id);
    const known = this.#entries.get(id);
    const both = known === undefined ? filled : [...known].filter((path) => filled.has(path));
    this.#entries.set(id, new Set(both));
    if (state.when !== undefined && !filled.has(state.when.source.split(' ')[0] ?? '')) {
      leaves.push(`${id}/aside`);
      return;
    }
    apply(state.entry.set, filled);
    if (state.kind === 'states') this.#enterState(state.initial, filled, leaves);
    else if (state.kind === 'parallel') {
      for (const region of state.children) this.#enterState(region.id, filled, leaves);
    } else leaves.push(id);
  }
}

function childrenOf(state: State): readonly State[] {
  return state.kind === 'states' || state.kind === 'parallel' ? state.children : [];
}

function apply(writes: readonly Assignment[], filled: Set<string>): void {
  for (const { target, value } of writes) {
    if (value.source === 'null') filled.delete(target.join('.'));
    else filled.add(target.join('.'));
  }
}

function keyOf({ leaves, filled }: Node): string {
  return `${leaves.join(' ')}|${[...filled].sort().join(' ')}`;
}
