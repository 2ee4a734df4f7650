import { at, entriesOf, isList, isTree, put, rename, textAt } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { formFieldsOf, formulasOf, statesWith, targetsOf } from '../walk.ts';

/** Names that nothing has: nobody can mean anything by them. */
export const NAME_OPERATORS: readonly Operator[] = [
  operator('unknown-target', 'No state has this name.', (tree) =>
    targetsOf(tree).map(({ path }) => [put(tree, path, 'nowhere-at-all'), path]),
  ),
  operator('unknown-form', 'No form has this name.', (tree) =>
    formNamesIn(tree).map((path) => [put(tree, path, 'no-such-form'), path]),
  ),
  operator('unknown-operation', 'No connector has this operation.', (tree) =>
    [
      ...statesWith(tree, 'call').map(({ path }) => [...path, 'call']),
      ...statesWith(tree, 'undo').map(({ path }) => [...path, 'undo', 'call']),
    ].map((path) => [put(tree, path, 'oms.sing'), path]),
  ),
  operator('unknown-workflow', 'No workflow or core process has this name.', (tree) =>
    statesWith(tree, 'run').map(({ path }) => {
      const place = [...path, 'run'];
      return [put(tree, place, 'core/sing'), place];
    }),
  ),
  operator('unknown-decision', 'No decision has this name.', (tree) =>
    statesWith(tree, 'decide').map(({ path }) => {
      const place = [...path, 'decide'];
      return [put(tree, place, 'no-such-decision'), place];
    }),
  ),
  operator('unknown-message', 'No message has this name.', (tree) =>
    [
      ...statesWith(tree, 'ask').map(({ path }) => [...path, 'ask', 'message']),
      ...formulasOf(tree)
        .filter(({ use, path }) => use === 'address' && path.at(-2) === 'send')
        .map(({ path }) => [...path.slice(0, -1), 'message']),
    ].map((path) => [put(tree, path, 'no-such-message'), path]),
  ),
  operator('unknown-incoming-message', 'No connector has this message.', (tree) =>
    statesWith(tree, 'wait').map(({ path }) => {
      const place = [...path, 'wait', 'message'];
      return [put(tree, place, 'oms.sang'), place];
    }),
  ),
  operator('unknown-role', 'The core has no such role.', (tree) =>
    [
      ...entriesOf(tree['start']).flatMap(([name, start]) =>
        isTree(at(start, ['audience'])) ? [['start', name, 'audience', 'role']] : [],
      ),
      ...statesWith(tree, 'task').flatMap(({ path, value }) =>
        [
          ['task', 'assign', 'role'],
          ['task', 'escalate', 0, 'assign', 'role'],
        ].flatMap((role) => (at(value, role) === undefined ? [] : [[...path, ...role]])),
      ),
    ].map((path) => [put(tree, path, 'court-jester'), path]),
  ),
  operator('unknown-team', 'The core has no such team.', (tree) => [
    [put(tree, ['team'], 'court-jesters'), ['team']],
  ]),
  operator('wrong-core-line', 'The core is of another line.', (tree) => [
    [put(tree, ['core'], 99), ['core']],
  ]),
  operator('wrong-name', 'A workflow has the name of its folder.', (tree) => [
    [put(tree, ['workflow'], 'somebody-else'), ['workflow']],
  ]),
  operator('unknown-type', 'The core has no such type.', (tree) =>
    entriesOf(tree['data'])
      .filter(([, type]) => typeof type === 'string')
      .map(([name]) => [put(tree, ['data', name], 'Unicorn'), ['data', name]]),
  ),
  operator('unknown-field-asked', 'Neither the data nor a type has this field.', (tree) =>
    formFieldsOf(tree).flatMap(({ path, value }) => {
      if (typeof value === 'string') return [[put(tree, path, `${value}Zzz`), path] as const];
      if (!isTree(value) || typeof value['field'] !== 'string' || 'kind' in value) return [];
      const place = [...path, 'field'];
      return [[put(tree, place, `${value['field']}Zzz`), path] as const];
    }),
  ),
  operator('unknown-field-shown', 'Neither the data nor a type has this field.', (tree) =>
    entriesOf(tree['forms']).flatMap(([name, form]) => {
      const shown = at(form, ['show']);
      return (isList(shown) ? shown : []).map((field, index) => {
        const path = ['forms', name, 'show', index];
        return [put(tree, path, `${textAt(field, []) ?? ''}Zzz`), path] as const;
      });
    }),
  ),
  operator('unknown-column-of-list', 'The items of the list have no such field.', (tree) =>
    formFieldsOf(tree).flatMap(({ path, value }) => {
      const columns = at(value, ['columns']);
      if (!isList(columns)) return [];
      return [
        [put(tree, [...path, 'columns'], [...columns, 'zzz']), [...path, 'columns']] as const,
      ];
    }),
  ),
  operator('unknown-field-written', 'Neither the data nor a type has this field.', (tree) =>
    formulasOf(tree)
      .filter(({ path }) => path.at(-2) === 'set' || path.at(-2) === 'save')
      .map(({ path }) => {
        const name = `${String(path.at(-1))}Zzz`;
        return [rename(tree, path, name), [...path.slice(0, -1), name]] as const;
      }),
  ),
  operator('unknown-decision-column', 'The table has no such input or output.', (tree) =>
    entriesOf(tree['decisions']).flatMap(([name, decision]) => {
      const rules = at(decision, ['rules']);
      return (isList(rules) ? rules : []).map((_, index) => {
        const path = ['decisions', name, 'rules', index, 'zzz'];
        return [put(tree, path, 1), path] as const;
      });
    }),
  ),
  operator('unknown-state-in-not-by', 'No state has this name.', (tree) =>
    statesWith(tree, 'task').map(({ path }) => {
      const place = [...path, 'task', 'notBy'];
      return [put(tree, place, ['nobody-completes-this']), place];
    }),
  ),
  operator('unknown-initial', 'No state has this name.', (tree) => [
    [put(tree, ['initial'], 'nowhere-at-all'), ['initial']],
    ...statesWith(tree, 'states').map(({ path }) => {
      const place = [...path, 'initial'];
      return [put(tree, place, 'nowhere-at-all'), place] as const;
    }),
  ]),
  operator('unknown-body', 'There is no such file beside the workflow.', (tree) =>
    entriesOf(tree['messages']).map(([name]) => {
      const path = ['messages', name, 'body'];
      return [put(tree, path, 'no-such-file.hbs'), path];
    }),
  ),
];

function formNamesIn(tree: Parameters<typeof statesWith>[0]): readonly (string | number)[][] {
  return [
    ...entriesOf(tree['start']).flatMap(([name, start]) =>
      at(start, ['form']) === undefined ? [] : [['start', name, 'form']],
    ),
    ...statesWith(tree, 'task').flatMap(({ path, value }) =>
      at(value, ['task', 'form']) === undefined ? [] : [[...path, 'task', 'form']],
    ),
    ...statesWith(tree, 'ask').map(({ path }) => [...path, 'ask', 'form']),
  ];
}
