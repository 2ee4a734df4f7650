import { parseDocument, stringify } from 'yaml';
import type { Path } from '../../engine/kernel/problem.ts';
import type { Variation } from './operator.ts';
import { at, cut, entriesOf, isList, isTree, put, rename, textAt, textsIn } from './tree.ts';
import type { Tree, Value } from './tree.ts';
import type { Formula } from './walk.ts';
import { formFieldsOf, formulasOf, rulesOf, statesOf, statesWith, targetsOf } from './walk.ts';

function ofTree(name: string, why: string, apply: (tree: Tree) => readonly Tree[]): Variation {
  return { name, why, apply: ({ tree }) => apply(tree).map((changed) => ({ tree: changed })) };
}

function ofText(name: string, why: string, apply: (text: string, tree: Tree) => string): Variation {
  return { name, why, apply: ({ source, tree }) => [{ text: apply(source.text, tree) }] };
}

function ofFormulas(
  name: string,
  why: string,
  change: (formula: Formula) => string | undefined,
): Variation {
  return ofTree(name, why, (tree) =>
    formulasOf(tree).flatMap((formula) => {
      const text = change(formula);
      return text === undefined ? [] : [put(tree, formula.path, text)];
    }),
  );
}

const TURNED: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};
const COMPARISON = /^([\w.()]+) (<=|>=|<|>|==|!=) ([\w."]+)$/;

const ITEM_DEFAULTS = { mode: 'parallel', rest: 'cancel' };

/** The same, written in another way. */
export const VARIATIONS: readonly Variation[] = [
  ofText('as-json', 'JSON is YAML.', (_text, tree) => JSON.stringify(tree, undefined, 2)),
  ofText('as-one-line', 'JSON is YAML, on one line as well.', (_text, tree) =>
    JSON.stringify(tree),
  ),
  ofText('wide-indent', 'How far lines are indented means nothing.', (_text, tree) =>
    stringify(tree, { indent: 4, lineWidth: 0 }),
  ),
  ofText('double-quotes', 'Either kind of quote makes a text.', (_text, tree) =>
    stringify(tree, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }),
  ),
  ofText('single-quotes', 'Either kind of quote makes a text.', (_text, tree) =>
    stringify(tree, { defaultStringType: 'QUOTE_SINGLE', lineWidth: 0 }),
  ),
  ofText('flow', 'Braces and indentation say the same.', (text) => {
    const document = parseDocument(text);
    return document.toString({ collectionStyle: 'flow', lineWidth: 0 });
  }),
  ofText('comments', 'A comment says nothing.', (text) =>
    text.replaceAll(/^(?=[a-z])/gm, '# What follows is meant.\n'),
  ),
  ofText('blank-lines', 'An empty line says nothing.', (text) =>
    text.replaceAll(/^(?=[a-z])/gm, '\n\n'),
  ),
  ofText('line-ends', 'Lines may end as on Windows.', (text) => text.replaceAll('\n', '\r\n')),
  ofText('no-last-line-end', 'The last line needs no end.', (text) => text.trimEnd()),
  ofTree('keys-turned-round', 'The order of the parts of a workflow means nothing.', (tree) => [
    turned(tree),
  ]),
  ofTree('maps-turned-round', 'The order of these names means nothing.', (tree) =>
    ['data', 'forms', 'decisions', 'messages', 'start']
      .filter((key) => isTree(tree[key]))
      .map((key) => put(tree, [key], turned(tree[key] as Tree))),
  ),
  ofTree('states-turned-round', 'With `initial`, the order of states means nothing.', (tree) =>
    [[] as Path, ...statesWith(tree, 'states').map(({ path }) => path)].flatMap((path) => {
      const states = at(tree, [...path, 'states']);
      if (!isTree(states)) return [];
      const initial = at(tree, [...path, 'initial']) ?? Object.keys(states)[0] ?? '';
      const changed = put(tree, [...path, 'states'], turned(states));
      return [put(changed, [...path, 'initial'], initial)];
    }),
  ),
  ofTree('state-turned-round', 'The order of a state’s keys means nothing.', (tree) =>
    statesOf(tree).map(({ path, value }) => put(tree, path, turned(value))),
  ),
  ofTree('writes-turned-round', 'Writes happen at once, in no order.', (tree) =>
    ['set', 'save', 'with']
      .flatMap((key) => mapsNamed(tree, key))
      .map(({ path, value }) => put(tree, path, turned(value))),
  ),
  ofTree('fields-turned-round', 'A form may ask in any order.', (tree) =>
    [...new Set(formFieldsOf(tree).map(({ path }) => JSON.stringify(path.slice(0, -1))))].map(
      (key) => {
        const path = JSON.parse(key) as Path;
        const fields = at(tree, path);
        return put(tree, path, isList(fields) ? [...fields].reverse() : []);
      },
    ),
  ),
  ofTree('state-renamed', 'A name that is another everywhere means the same.', (tree) =>
    statesOf(tree)
      .filter(({ path }) => path.at(-2) === 'states' && isLone(tree, String(path.at(-1))))
      .map(({ path }) => withStateRenamed(tree, path)),
  ),
  ofTree('form-renamed', 'A name that is another everywhere means the same.', (tree) =>
    entriesOf(tree['forms']).map(([name]) => withRenamed(tree, 'forms', name, 'form')),
  ),
  ofTree('decision-renamed', 'A name that is another everywhere means the same.', (tree) =>
    entriesOf(tree['decisions']).map(([name]) => withRenamed(tree, 'decisions', name, 'decide')),
  ),
  ofTree('message-renamed', 'A name that is another everywhere means the same.', (tree) =>
    entriesOf(tree['messages']).map(([name]) => withRenamed(tree, 'messages', name, 'message')),
  ),
  ofTree('start-renamed', 'Nothing else names a start.', (tree) =>
    entriesOf(tree['start']).map(([name]) => rename(tree, ['start', name], 'another-way')),
  ),
  ofTree('target-written-out', 'A target alone is short for `{ to: … }`.', (tree) =>
    rulesOf(tree).flatMap(({ path, value }) =>
      typeof value === 'string' ? [put(tree, path, { to: value })] : [],
    ),
  ),
  ofTree('timers-as-list', 'A map of spans is short for a list of timers.', (tree) =>
    statesWith(tree, 'after').flatMap(({ path, value }) => {
      const timers = entriesOf(value['after']);
      if (timers.length === 0 || timers.some(([, rules]) => isList(rules))) return [];
      const list = timers.map(([span, rule]) => ({
        in: span,
        ...(isTree(rule) ? rule : { to: rule }),
      }));
      return [put(tree, [...path, 'after'], list)];
    }),
  ),
  ofTree('default-written', 'What holds unless something else is said may be said.', (tree) => [
    ...statesWith(tree, 'forEach').flatMap(({ path, value }) =>
      Object.entries(ITEM_DEFAULTS)
        .filter(([key]) => at(value, ['forEach', key]) === undefined)
        .map(([key, text]) => put(tree, [...path, 'forEach', key], text)),
    ),
    ...statesWith(tree, 'parallel')
      .filter(({ value }) => value['join'] === undefined)
      .map(({ path }) => put(tree, [...path, 'join'], 'all')),
    ...statesWith(tree, 'wait')
      .filter(({ value }) => at(value, ['wait', 'keep']) === undefined)
      .map(({ path }) => put(tree, [...path, 'wait', 'keep'], '7 days')),
    ...entriesOf(tree['decisions'])
      .filter(([, table]) => at(table, ['hit']) === undefined)
      .map(([name]) => put(tree, ['decisions', name, 'hit'], 'first')),
  ]),
  ofTree('sequence-as-one-at-once', 'One at once is one after the other.', (tree) =>
    statesWith(tree, 'forEach')
      .filter(({ value }) => at(value, ['forEach', 'mode']) === 'sequence')
      .map(({ path }) => {
        const parallel = put(tree, [...path, 'forEach', 'mode'], 'parallel');
        return put(parallel, [...path, 'forEach', 'atMost'], 1);
      }),
  ),
  ofTree('hours-as-formula', 'A span of hours is what `hours` gives.', (tree) =>
    rulesOf(tree).flatMap(({ path, value }) => {
      const [, hours] = /^(\d+) hours$/.exec(textAt(value, ['in']) ?? '') ?? [];
      return hours === undefined ? [] : [put(tree, [...path, 'in'], `hours(${hours})`)];
    }),
  ),
  ofTree('untitled-form', 'A form without a title is called by its name.', (tree) =>
    entriesOf(tree['forms']).map(([name]) => cut(tree, ['forms', name, 'title'])),
  ),
  ofTree('described', 'A description says nothing to the engine.', (tree) =>
    statesOf(tree).map(({ path }) => put(tree, [...path, 'description'], 'As it was.')),
  ),
  ofTree(
    'rules-turned-round',
    'What was the other way is taken where the condition fails.',
    (tree) =>
      rulesOf(tree).flatMap(({ path, value }) => {
        const list = path.slice(0, -1);
        const rules = at(tree, list);
        if (path.at(-1) !== 0 || !isList(rules) || rules.length !== 2 || !isTree(value)) return [];
        const [, other] = rules;
        const isHead = 'match' in value || 'by' in value;
        const isChosen = at(other ?? null, ['when']) !== undefined;
        if (typeof value['when'] !== 'string' || isChosen || isHead) return [];
        const { when, ...rest } = value;
        const second = typeof other === 'string' ? { to: other } : (other as Tree);
        return [put(tree, list, [{ when: `!(${when})`, ...second }, rest])];
      }),
  ),
  ofFormulas('in-brackets', 'Brackets around the whole mean nothing.', ({ value, use }) =>
    use === 'address' ? undefined : `(${value})`,
  ),
  ofFormulas('spaced', 'Spaces around the whole mean nothing.', ({ value }) => `  ${value} `),
  ofFormulas('negated-twice', 'The opposite of the opposite is the same.', ({ value, use }) =>
    use === 'condition' ? `!(!(${value}))` : undefined,
  ),
  ofFormulas('and-true', '`&& true` changes nothing.', ({ value, use }) =>
    use === 'condition' ? `(${value}) && true` : undefined,
  ),
  ofFormulas('true-and', '`true &&` changes nothing.', ({ value, use }) =>
    use === 'condition' ? `true && (${value})` : undefined,
  ),
  ofFormulas('or-false', '`|| false` changes nothing.', ({ value, use }) =>
    use === 'condition' ? `(${value}) || false` : undefined,
  ),
  ofFormulas('and-itself', 'What holds twice holds.', ({ value, use }) =>
    use === 'condition' ? `(${value}) && (${value})` : undefined,
  ),
  ofFormulas('chosen', 'A condition chooses yes where it holds.', ({ value, use }) =>
    use === 'condition' ? `(${value}) ? true : false` : undefined,
  ),
  ofFormulas('compared-the-other-way', 'x > y is y < x.', ({ value }) => {
    const [, left = '', operator = '', right = ''] = COMPARISON.exec(value) ?? [];
    return left === '' ? undefined : `${right} ${TURNED[operator] ?? ''} ${left}`;
  }),
  ofFormulas('or-turned-round', 'a || b is b || a, where neither needs the other.', ({ value }) => {
    const parts = value.split(' || ');
    return parts.length === 2 && !value.includes('(')
      ? `${parts[1] ?? ''} || ${parts[0] ?? ''}`
      : undefined;
  }),
  ofFormulas('de-morgan', 'a || b is !(!a && !b).', ({ value }) => {
    const [a, b, more] = value.split(' || ');
    if (a === undefined || b === undefined || more !== undefined || value.includes('('))
      return undefined;
    return `!(!(${a}) && !(${b}))`;
  }),
];

function turned(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).reverse());
}

function mapsNamed(
  value: Value,
  key: string,
  path: Path = [],
): readonly { readonly path: Path; readonly value: Tree }[] {
  if (isList(value)) return value.flatMap((item, index) => mapsNamed(item, key, [...path, index]));
  return entriesOf(value).flatMap(([name, inner]) => {
    const place = [...path, name];
    const isMeant = name === key && isTree(inner) && Object.keys(inner).length > 1;
    return [...(isMeant ? [{ path: place, value: inner }] : []), ...mapsNamed(inner, key, place)];
  });
}

/** Whether a name stands for one state and nothing else. */
function isLone(tree: Tree, name: string): boolean {
  const paths = statesOf(tree).filter(({ path }) => path.at(-1) === name);
  return paths.length === 1;
}

const RENAMED = 'called-otherwise';

function withStateRenamed(tree: Tree, path: Path): Tree {
  const name = String(path.at(-1));
  const places = [
    ...targetsOf(tree).map((target) => target.path),
    ...statesWith(tree, 'task').flatMap((state) => {
      const people = [
        [...state.path, 'task', 'notBy'],
        [...state.path, 'task', 'assign', 'sameAs'],
      ];
      return people.flatMap((place) =>
        textsIn(at(tree, place) ?? null, place).map((one) => one.path),
      );
    }),
    ...rulesOf(tree).flatMap(({ path: rule, value }) => [
      ...(at(value, ['undo']) === undefined ? [] : [[...rule, 'undo']]),
      ...textsIn(at(value, ['pauseWhile']) ?? null, [...rule, 'pauseWhile']).map((one) => one.path),
    ]),
    ['initial'],
    ...statesWith(tree, 'initial').map((state) => [...state.path, 'initial']),
  ];
  const changed = places.reduce((all, place) => {
    const text = at(all, place);
    if (typeof text !== 'string') return all;
    const steps = text
      .split('/')
      .map((step) => (step === name ? RENAMED : step === `^${name}` ? `^${RENAMED}` : step));
    return put(all, place, steps.join('/'));
  }, tree);
  return rename(changed, path, RENAMED);
}

/** Renames a form, a decision or a message, and every place that names it. */
function withRenamed(tree: Tree, part: string, name: string, key: string): Tree {
  const changed = textsIn(tree)
    .filter(({ path, text }) => path.at(-1) === key && text === name)
    .reduce((all, { path }) => put(all, path, RENAMED), tree);
  return rename(changed, [part, name], RENAMED);
}
