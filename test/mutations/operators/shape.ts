import { cut, entriesOf, isList, isTree, put, rename, at } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { formFieldsOf, statesOf, statesWith } from '../walk.ts';

const WORK = ['task', 'ask', 'call', 'run', 'wait', 'decide', 'parallel', 'states'] as const;

function hasWork(state: Tree): boolean {
  return WORK.some((key) => key in state);
}

/** What the file may not look like. */
export const SHAPE_OPERATORS: readonly Operator[] = [
  operator('unknown-key', 'No state has such a key.', (tree) =>
    statesOf(tree).map(({ path }) => [put(tree, [...path, 'colour'], 'red'), [...path, 'colour']]),
  ),
  operator('unknown-key-of-form', 'No form has such a key.', (tree) =>
    entriesOf(tree['forms']).map(([name]) => {
      const path = ['forms', name, 'colour'];
      return [put(tree, path, 'red'), path];
    }),
  ),
  operator('two-kinds', 'A state has one kind of work.', (tree) =>
    statesOf(tree)
      .filter(({ value }) => hasWork(value) && !('decide' in value))
      .map(({ path }) => [put(tree, [...path, 'final'], 'over'), path]),
  ),
  operator('empty-title', 'A title that is given says something.', (tree) =>
    entriesOf(tree['forms']).map(([name]) => {
      const path = ['forms', name, 'title'];
      return [put(tree, path, ''), path];
    }),
  ),
  operator('bad-name', 'A state’s name has small letters, digits and hyphens.', (tree) =>
    statesOf(tree).map(({ path }) => {
      const place = [...path.slice(0, -1), 'Bad Name'];
      return [rename(tree, path, 'Bad Name'), place];
    }),
  ),
  operator('reserved-name', 'This name has a meaning of its own.', (tree) =>
    statesOf(tree)
      .filter(({ path }) => path.at(-2) === 'states')
      .map(({ path }) => {
        const place = [...path.slice(0, -1), 'history'];
        return [rename(tree, path, 'history'), place];
      }),
  ),
  operator('bad-delay', 'There is no such unit of time.', (tree) => [
    ...statesWith(tree, 'after').flatMap(({ path, value }) =>
      entriesOf(value['after']).map(([delay]) => {
        const place = [...path, 'after', '3 parsecs'];
        return [rename(tree, [...path, 'after', delay], '3 parsecs'), place] as const;
      }),
    ),
    ...statesWith(tree, 'task').map(({ path }) => {
      const place = [...path, 'task', 'due'];
      return [put(tree, place, 'soon'), place] as const;
    }),
  ]),
  operator('required-is-text', 'A field is required or not.', (tree) =>
    formFieldsOf(tree).flatMap(({ path, value }) => {
      if (!isTree(value)) return [];
      const place = [...path, 'required'];
      return [[put(tree, place, 'perhaps'), path] as const];
    }),
  ),
  operator('missing-key-of-ask', 'An ask names a form, a message and an address.', (tree) =>
    statesWith(tree, 'ask').flatMap(({ path }) =>
      ['form', 'message', 'to'].map((key) => [cut(tree, [...path, 'ask', key]), path] as const),
    ),
  ),
  operator('missing-match', 'A wait says how its message is told from others.', (tree) =>
    statesWith(tree, 'wait').map(({ path }) => [cut(tree, [...path, 'wait', 'match']), path]),
  ),
  operator('missing-assignee', 'A task is for somebody.', (tree) =>
    statesWith(tree, 'task').map(({ path }) => [cut(tree, [...path, 'task', 'assign']), path]),
  ),
  operator('missing-part', 'A workflow has a start, states and a team.', (tree) =>
    ['start', 'states', 'team', 'title'].map((key) => [cut(tree, [key]), []]),
  ),
  operator(
    'wrong-key-beside',
    'Only a call, a run and a wait have a `failed`, `done` or `match` here.',
    (tree) =>
      statesWith(tree, 'task').map(({ path }) => {
        const place = [...path, 'failed'];
        return [put(tree, place, String(path.at(-1))), place];
      }),
  ),
  operator('final-is-left', 'A final state is never left.', (tree) =>
    statesWith(tree, 'final').map(({ path }) => {
      const place = [...path, 'next'];
      return [put(tree, place, String(path.at(-1))), path];
    }),
  ),
  operator('facet-of-another-kind', 'A yes or no has no length.', (tree) =>
    entriesOf(tree['data']).flatMap(([name, type]) =>
      at(type, ['kind']) === 'yes/no' || at(type, ['kind']) === 'date'
        ? [[put(tree, ['data', name, 'maxLength'], 5), ['data', name]] as const]
        : [],
    ),
  ),
  operator('wrong-default', 'A default is of its field’s kind.', (tree) =>
    entriesOf(tree['data']).flatMap(([name, type]) => {
      if (!isTree(type)) return [];
      const place = ['data', name, 'default'];
      return [[put(tree, place, [[1]]), place] as const];
    }),
  ),
  operator('unknown-kind', 'There is no such kind of value.', (tree) =>
    entriesOf(tree['data']).flatMap(([name, type]) =>
      isTree(type) ? [[put(tree, ['data', name, 'kind'], 'colour'), ['data', name]] as const] : [],
    ),
  ),
  operator('asked-twice', 'A form asks for a field once.', (tree) =>
    formFieldsOf(tree).map(({ path, value }) => {
      const list = path.slice(0, -1);
      const fields = at(tree, list);
      const twice = put(tree, list, [...(isList(fields) ? fields : []), value]);
      return [twice, list];
    }),
  ),
  operator('page-and-fields', 'A form has pages or fields, not both.', (tree) =>
    entriesOf(tree['forms'])
      .filter(([, form]) => at(form, ['pages']) !== undefined)
      .map(([name]) => [put(tree, ['forms', name, 'fields'], ['comment']), ['forms', name]]),
  ),
  operator('bad-reference', 'A reference is made of what the engine can fill in.', (tree) => [
    [put(tree, ['reference'], 'X-{colour}'), ['reference']],
    [put(tree, ['reference'], 'X'), ['reference']],
  ]),
];

/** What YAML itself, or the part of it that is taken, does not allow: told at its line. */
export const YAML_OPERATORS: readonly Operator[] = [
  yaml('duplicate-key', 'A map has each name once.', (text) => {
    const lines = text.trimEnd().split('\n');
    return { text: [...lines, 'title: Once more'].join('\n'), line: lines.length + 1 };
  }),
  yaml('tab', 'YAML is not indented by tabs.', (text) => {
    const lines = text.trimEnd().split('\n');
    return { text: [...lines, '\tmore: 1'].join('\n'), line: lines.length + 1 };
  }),
  yaml('anchor', 'Anchors are not taken.', (text) => {
    const changed = text.replace(/^title: /m, 'title: &name ');
    return { text: changed, line: lineOf(text, /^title: /m) };
  }),
  yaml('tag', 'Tags are not taken.', (text) => {
    const changed = text.replace(/^title: /m, 'title: !text ');
    return { text: changed, line: lineOf(text, /^title: /m) };
  }),
  yaml('open-quote', 'A quote that is opened is closed.', (text) => {
    const lines = text.trimEnd().split('\n');
    return { text: [...lines, "note: 'open"].join('\n'), line: lines.length + 1 };
  }),
];

function yaml(
  name: string,
  why: string,
  change: (text: string) => { readonly text: string; readonly line: number },
): Operator {
  return {
    name: `yaml-${name}`,
    why,
    apply: ({ source }) => {
      const { text, line } = change(source.text);
      return [{ text, place: { line } }];
    },
  };
}

function lineOf(text: string, pattern: RegExp): number {
  const before = text.slice(0, pattern.exec(text)?.index ?? 0);
  return before.split('\n').length;
}
