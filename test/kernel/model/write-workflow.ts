import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { fieldName, sumsMail } from './model-fields.ts';
import { StateTree } from './state-tree.ts';
import type { Doing, ModelForEach, ModelRule, ModelState, ModelTimer } from './model-workflow.ts';

type Written = Readonly<Record<string, unknown>>;

/** Writes a model in the language: JSON, which is YAML as well. */
export function writeWorkflow(root: ModelState): WrittenWorkflow {
  const beside = handlersOf(root);
  const tables = tablesIn(root);
  const undo = undoOf(root);
  const sets = Array.from({ length: new StateTree(root).sets }, (_, set) => set);
  const nums = Object.fromEntries(sets.map((set) => [fieldName('nums', set), '[1, 2]']));
  return {
    data: sets.map(dataOf).join(''),
    forms: sets.map(formsOf).join(''),
    messages: Object.fromEntries(
      sets.slice(1).map((set) => [sumsMail(set), `Now {{${fieldName('other', set)}}}`]),
    ),
    start: `online: ${JSON.stringify({ form: 'request', audience: 'public', set: nums })}`,
    ...(Object.keys(tables).length > 0 && { decisions: ` ${JSON.stringify(tables)}` }),
    beside: lines({ ...undo, ...(Object.keys(beside).length > 0 && { on: beside }) }),
    states: ` ${JSON.stringify(childrenOf(root))}`,
  };
}

/** The fields of a set: without a number all but the list are there anyway. */
function dataOf(set: number): string {
  const nums = `\n  ${fieldName('nums', set)}: { kind: list, of: { kind: whole number }, title: Numbers }`;
  if (set === 0) return nums;
  const [count, other, flag, id] = (['count', 'other', 'flag', 'id'] as const).map((name) =>
    fieldName(name, set),
  );
  return `${nums}
  ${count}: { kind: whole number, minimum: 0, maximum: 100, default: 0, title: Count }
  ${other}: { kind: whole number, default: 7, title: Other }
  ${flag}: { kind: yes/no, default: false, title: Flag }
  ${id}: { kind: text, maxLength: 60, title: Number, classification: internal }`;
}

function formsOf(set: number): string {
  const fields = [fieldName('count', set), fieldName('flag', set)].join(', ');
  return `
  ${formName('do', set)}: { title: Work, fields: [${fields}] }
  ${formName('say', set)}: { title: Answer, outcomes: { accept: Accept, refuse: Refuse }, fields: [{ field: remark, kind: text, maxLength: 20 }] }`;
}

function formName(name: string, set: number): string {
  return `${name}-${String(set)}`;
}

function childrenOf({ children }: ModelState): Written {
  return Object.fromEntries(children.map((child) => [child.name, stateOf(child)]));
}

function stateOf(state: ModelState): Written {
  const on = handlersOf(state);
  return {
    ...workOf(state),
    ...undoOf(state),
    ...(state.when && { when: state.when.text }),
    ...(state.forEach && { forEach: forEachOf(state.forEach) }),
    ...doings('entry', state.entry),
    ...doings('exit', state.exit),
    ...(Object.keys(on).length > 0 && { on }),
    ...(state.after.length > 0 && { after: timersOf(state.after) }),
    ...listed('done', state.done),
    ...listed('failed', state.failed),
    ...listed('next', state.next),
  };
}

function handlersOf({ on, buttons, hears, signals }: ModelState): Written {
  const first = ([rule, ...rest]: readonly Written[], head: Written): readonly Written[] => [
    { ...rule, ...head },
    ...rest,
  ];
  return Object.fromEntries([
    ...Object.entries({ ...on, ...signals }).map(
      ([name, rules]) => [name, rulesOf(rules)] as const,
    ),
    ...buttons.map(({ name, rules }) => {
      return [name, first(rulesOf(rules), { by: { role: 'clerk' } })] as const;
    }),
    ...hears.map(({ match, rules }) => {
      return ['depot.arrived', first(rulesOf(rules), { match })] as const;
    }),
  ]);
}

function forEachOf({
  in: list,
  isSequence,
  until,
  atMost,
  rest,
  onItemFailed,
}: ModelForEach): Written {
  return {
    item: 'piece',
    in: list.text,
    ...(isSequence && { mode: 'sequence' }),
    ...(atMost !== undefined && { atMost }),
    ...(until && { until: until.text }),
    ...(rest === 'finish' && { rest }),
    ...(onItemFailed !== 'incident' && { onItemFailed }),
  };
}

/** A map of spans where nothing else is said; else a list. */
function timersOf(timers: readonly ModelTimer[]): unknown {
  const isMap = timers.every(
    ({ timing, pauseWhile }) => timing.kind === 'span' && pauseWhile.length === 0,
  );
  const spans = new Set(timers.map(({ timing }) => timing.kind === 'span' && timing.days));
  if (!isMap || spans.size < timers.length) return timers.map(timerOf);
  return Object.fromEntries(
    timers.map(({ timing, rules }) => [
      timing.kind === 'span' ? `${String(timing.days)} days` : '',
      rulesOf(rules),
    ]),
  );
}

function timerOf({ timing, pauseWhile, rules }: ModelTimer): Written {
  const [rule] = rulesOf(rules);
  return {
    ...timingOf(timing),
    ...(pauseWhile.length > 0 && { pauseWhile: pauseWhile.map(({ text }) => text) }),
    ...rule,
  };
}

function timingOf(timing: ModelTimer['timing']): Written {
  switch (timing.kind) {
    case 'span':
      return { in: `${String(timing.days)} days` };
    case 'business':
      return { in: `${String(timing.hours)} business hours` };
    case 'every': {
      const { hours, atMost } = timing;
      return { every: `${String(hours)} hours`, ...(atMost !== undefined && { atMost }) };
    }
    default:
      return { [timing.kind]: timing.text };
  }
}

function workOf(state: ModelState): Written {
  switch (state.kind) {
    case 'task':
      return { task: { assign: { role: 'clerk' }, form: formName('do', state.fields) } };
    case 'ask':
      return { ask: { form: formName('say', state.fields), to: 'email', message: 'question' } };
    case 'call':
      return {
        ...{ call: 'depot.take', with: { what: 'email' } },
        save: { [fieldName('id', state.fields)]: 'result.id', ...countOf(state) },
      };
    case 'run':
      return {
        ...{ run: 'helper', with: { email: 'email' } },
        ...(state.countsItems && { save: countOf(state) }),
      };
    case 'wait':
      return { wait: { message: 'depot.arrived', match: 'reference' } };
    case 'decide':
      return state.decision ? { decide: state.decision.name, save: state.decision.save } : {};
    default:
      return insideOf(state);
  }
}

function undoOf({ undo, fields }: ModelState): Written {
  if (undo === undefined) return {};
  const id = undo === 'taken' ? 'result.id' : `text(${fieldName('other', fields)})`;
  return { undo: { call: 'depot.give', with: { id } } };
}

function lines(parts: Written): string {
  const written = Object.entries(parts).map(([key, part]) => `${key}: ${JSON.stringify(part)}`);
  return written.join('\n');
}

/** The decisions that the states read. */
function tablesIn({ decision, children }: ModelState): Written {
  return Object.assign(
    decision === undefined ? {} : { [decision.name]: decision.table },
    ...children.map(tablesIn),
  ) as Written;
}

function insideOf(state: ModelState): Written {
  const { kind, outcome, join, children } = state;
  if (kind === 'final') return { final: outcome === '' ? true : outcome };
  if (kind === 'states') return { states: childrenOf(state) };
  if (kind !== 'parallel') return {};
  return { parallel: childrenOf(state), ...(join < children.length && { join }) };
}

function countOf({ countsItems, fields }: ModelState): Written {
  return countsItems ? { [fieldName('other', fields)]: 'size(results)' } : {};
}

function doings(key: 'entry' | 'exit', doing: Doing | undefined): Written {
  return doing === undefined ? {} : { [key]: doingOf(doing) };
}

function doingOf({ set, sends, emits }: Doing): Written {
  return {
    ...(set && { set: set.text }),
    ...(sends !== undefined && { send: { message: sumsMail(sends), to: 'email' } }),
    ...(emits !== undefined && { emit: emits }),
  };
}

function listed(key: string, rules: readonly ModelRule[]): Written {
  return rules.length === 0 ? {} : { [key]: rulesOf(rules) };
}

function rulesOf(rules: readonly ModelRule[]): readonly Written[] {
  return rules.map(({ to, when, undo, reenter, add, ...doing }) => ({
    ...(to && { to: to.text }),
    ...(when && { when: when.text }),
    ...doingOf(doing),
    ...(undo && { undo: undo.text }),
    ...(reenter && { reenter }),
    ...(add !== undefined && { add: String(add) }),
  }));
}
