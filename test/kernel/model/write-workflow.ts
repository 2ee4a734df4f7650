import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import type { Change, ModelRule, ModelState } from './model-workflow.ts';

type Written = Readonly<Record<string, unknown>>;

/** Writes a model in the language: JSON, which is YAML as well. */
export function writeWorkflow(root: ModelState): WrittenWorkflow {
  return { states: ` ${JSON.stringify(childrenOf(root))}` };
}

function childrenOf({ children }: ModelState): Written {
  return Object.fromEntries(children.map((child) => [child.name, stateOf(child)]));
}

function stateOf(state: ModelState): Written {
  const on = Object.entries(state.on).map(([name, rules]) => [name, rulesOf(rules)]);
  const after = state.after.map(({ days, rules }) => [`${days} days`, rulesOf(rules)]);
  return {
    ...workOf(state),
    ...changes('entry', state.entry),
    ...changes('exit', state.exit),
    ...(on.length > 0 && { on: Object.fromEntries(on) as Written }),
    ...(after.length > 0 && { after: Object.fromEntries(after) as Written }),
    ...listed('done', state.done),
    ...listed('failed', state.failed),
    ...listed('next', state.next),
  };
}

function workOf(state: ModelState): Written {
  switch (state.kind) {
    case 'task':
      return { task: { assign: { role: 'clerk' }, form: 'work' } };
    case 'ask':
      return { ask: { form: 'answer', to: 'email', message: 'question' } };
    case 'call':
      return {
        ...{ call: 'depot.take', with: { what: 'email' }, save: { id: 'result.id' } },
        ...(state.hasUndo && { undo: { call: 'depot.give', with: { id: 'result.id' } } }),
      };
    case 'run':
      return { run: 'helper', with: { email: 'email' } };
    case 'wait':
      return { wait: { message: 'depot.arrived', match: 'reference' } };
    case 'final':
      return { final: state.outcome === '' ? true : state.outcome };
    case 'states':
      return { states: childrenOf(state) };
    case 'parallel':
      return { parallel: childrenOf(state) };
    default:
      return {};
  }
}

function changes(key: 'entry' | 'exit', change: Change | undefined): Written {
  return change === undefined ? {} : { [key]: { set: change.text } };
}

function listed(key: string, rules: readonly ModelRule[]): Written {
  return rules.length === 0 ? {} : { [key]: rulesOf(rules) };
}

function rulesOf(rules: readonly ModelRule[]): readonly Written[] {
  return rules.map(({ to, when, set, undoes }) => ({
    ...(to && { to: to.text }),
    ...(when && { when: when.text }),
    ...(set && { set: set.text }),
    ...(undoes && { undo: 'all' }),
  }));
}
