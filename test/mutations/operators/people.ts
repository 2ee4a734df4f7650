import { entriesOf, at, put } from '../tree.ts';
import type { Tree, Value } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { endOf, statesWith } from '../walk.ts';

/** Puts something into every task. */
function inTask(name: string, why: string, key: string, value: Value): Operator {
  return operator(name, why, (tree) =>
    statesWith(tree, 'task').map(({ path }) => {
      const place = [...path, 'task', key];
      return [put(tree, place, value), place];
    }),
  );
}

function isForEverybody(tree: Tree): boolean {
  return entriesOf(tree['start']).some(([, start]) => at(start, ['audience']) === 'public');
}

/** Whom work is for, and who may not do it. */
export const PEOPLE_OPERATORS: readonly Operator[] = [
  inTask('for-nobody', 'A task is for somebody.', 'assign', {}),
  inTask('for-two', 'A task is for one kind of people.', 'assign', {
    role: 'sales-rep',
    person: 'reference',
  }),
  inTask('roles-no-list', 'Several roles are a list.', 'assign', { roles: 'reference' }),
  inTask('roles-unknown', 'The core has no such role.', 'assign', { roles: '["court-jester"]' }),
  inTask('person-a-number', 'Nobody is called by a number of characters.', 'assign', {
    person: 'size(reference)',
  }),
  inTask('person-unknown', 'Nothing in scope has this name.', 'assign', { person: 'nobody.id' }),
  inTask('same-as-nowhere', 'There is no such state.', 'assign', { sameAs: 'nowhere' }),
  inTask('picked-by-lot', 'Nobody is picked so.', 'assign', { role: 'sales-rep', pick: 'lottery' }),
  inTask('picked-of-one', 'There is nobody to pick from.', 'assign', {
    person: 'reference',
    pick: 'roundRobin',
  }),
  inTask('not-by-nobody', 'There is no such state.', 'notBy', ['nowhere']),
  inTask('due-some-day', 'This is no span of time.', 'due', 'some day'),
  inTask('rung-without-time', 'A rung of an escalation has a time.', 'escalate', [
    { after: 'soon', assign: { role: 'head-of-operations' } },
  ]),
  inTask('rung-for-nobody', 'The core has no such role.', 'escalate', [
    { after: '1 days', assign: { role: 'court-jester' } },
  ]),
  inTask('rung-of-a-person', 'Nobody is called by a number of characters.', 'escalate', [
    { after: '1 days', assign: { person: 'size(reference)' } },
  ]),
  operator('same-as-an-end', 'Nobody has work to do at an end.', (tree) =>
    statesWith(tree, 'task')
      .filter(({ path }) => path.length === 2)
      .map(({ path }) => {
        const place = [...path, 'task', 'assign'];
        return [put(tree, place, { sameAs: endOf(tree) }), place];
      }),
  ),
  operator('same-as-itself', 'Nobody has done it when it is done for the first time.', (tree) =>
    statesWith(tree, 'task')
      .filter(({ path }) => path.at(-2) === 'states')
      .map(({ path }) => {
        const place = [...path, 'task', 'assign'];
        return [put(tree, place, { sameAs: String(path.at(-1)) }), place];
      }),
  ),
  operator('not-by-an-end', 'Nobody has work to do at an end.', (tree) =>
    statesWith(tree, 'task')
      .filter(({ path }) => path.length === 2)
      .map(({ path }) => {
        const place = [...path, 'task', 'notBy'];
        return [put(tree, place, [endOf(tree)]), place];
      }),
  ),
  operator('for-a-starter-unknown', 'Who starts it is not known to be of the staff.', (tree) =>
    isForEverybody(tree)
      ? statesWith(tree, 'task').map(({ path }) => {
          const place = [...path, 'task', 'assign'];
          return [put(tree, place, { starter: true }), place] as const;
        })
      : [],
  ),
];
