import { at, cut, entriesOf, isList, isTree, put, rename } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { rulesOf, statesOf, statesWith } from '../walk.ts';

/** The inputs that an operation or a process of the bundled core must be given. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'oms.findCustomer': ['email', 'legalName'],
  'oms.reserveStock': ['lines'],
  'oms.releaseReservation': ['id'],
  'oms.createOrder': ['quote'],
  'pricing.lookup': ['priceList', 'lines'],
  'core/create-order': ['quote', 'customer'],
};

/** A field that nothing ever fills, and one that is always filled and never to be shown. */
const GHOST = { kind: 'text' };
const SECRET = { kind: 'text', classification: 'restricted', default: 'x' };

function withField(tree: Tree, name: string, type: Tree): Tree {
  return put(tree, ['data', name], type);
}

/** The requirement lists of every `with`, that of `undo` included. */
function inputsOf(tree: Tree): readonly { path: readonly (string | number)[]; name: string }[] {
  return statesOf(tree).flatMap(({ path, value }) => [
    ...['call', 'run'].flatMap((key) => required(value[key], [...path, 'with'])),
    ...required(at(value, ['undo', 'call']), [...path, 'undo', 'with']),
  ]);
}

function required(
  what: unknown,
  path: readonly (string | number)[],
): readonly { path: readonly (string | number)[]; name: string }[] {
  return (REQUIRED[String(what)] ?? []).map((name) => ({ path, name }));
}

/** What work is given, and what becomes of what it gives. */
export const WORK_OPERATORS: readonly Operator[] = [
  operator('missing-input', 'The operation must be given this.', (tree) =>
    inputsOf(tree).map(({ path, name }) => [cut(tree, [...path, name]), path.slice(0, -1)]),
  ),
  operator('unknown-input', 'The operation takes nothing of this name.', (tree) =>
    statesWith(tree, 'with').map(({ path }) => {
      const place = [...path, 'with', 'colour'];
      return [put(tree, place, 1), place];
    }),
  ),
  operator('wrong-kind-of-input', 'No input of these is yes or no.', (tree) =>
    inputsOf(tree).map(({ path, name }) => {
      const place = [...path, name];
      return [put(tree, place, true), place];
    }),
  ),
  operator('empty-input', 'Nothing ever fills this field, and the input must be there.', (tree) =>
    inputsOf(tree)
      .filter(({ name }) => !['lines', 'quote', 'customer'].includes(name))
      .map(({ path, name }) => {
        const place = [...path, name];
        return [put(withField(tree, 'ghost', GHOST), place, 'ghost'), place];
      }),
  ),
  operator(
    'empty-in-condition',
    'Nothing ever fills this field, and the function needs it.',
    (tree) =>
      rulesOf(tree).flatMap(({ path, value }) => {
        if (!isTree(value) || typeof value['when'] !== 'string') return [];
        const place = [...path, 'when'];
        const changed = withField(tree, 'ghost', GHOST);
        return [[put(changed, place, 'startsWith(ghost, "a")'), place] as const];
      }),
  ),
  operator('empty-address', 'Nothing ever fills this field, and a mail goes somewhere.', (tree) =>
    statesWith(tree, 'ask').map(({ path }) => {
      const place = [...path, 'ask', 'to'];
      return [put(withField(tree, 'ghost', GHOST), place, 'ghost'), place];
    }),
  ),
  operator('empty-match', 'Nothing ever fills this field, and a message is found by it.', (tree) =>
    statesWith(tree, 'wait').map(({ path }) => {
      const place = [...path, 'wait', 'match'];
      return [put(withField(tree, 'ghost', GHOST), place, 'ghost'), place];
    }),
  ),
  operator('empty-sum', 'Nothing ever fills this field, and nothing is added to nothing.', (tree) =>
    statesOf(tree)
      .filter(({ value }) => !('final' in value) && !('entry' in value))
      .map(({ path }) => {
        const changed = withField(withField(tree, 'ghost', { kind: 'number' }), 'more', {
          kind: 'number',
        });
        const place = [...path, 'entry', 'set', 'more'];
        return [put(changed, place, 'ghost + 1'), place];
      }),
  ),
  operator('object-of-no-type', 'No field is of a type that has these parts.', (tree) =>
    statesWith(tree, 'save').flatMap(({ path, value }) =>
      entriesOf(value['save']).map(([target]) => {
        const place = [...path, 'save', target];
        return [put(tree, place, { value: { zzz: [1] } }), place] as const;
      }),
    ),
  ),
  operator('leak-to-operation', 'The operation is not cleared for what is restricted.', (tree) =>
    inputsOf(tree)
      .filter(({ name }) => ['email', 'legalName', 'id', 'priceList'].includes(name))
      .map(({ path, name }) => {
        const place = [...path, name];
        return [put(withField(tree, 'secret', SECRET), place, 'secret'), place];
      }),
  ),
  operator('leak-into-field', 'A public field would hold what is restricted.', (tree) =>
    statesOf(tree)
      .filter(({ value }) => !('final' in value) && !('entry' in value))
      .map(({ path }) => {
        const changed = withField(withField(tree, 'secret', SECRET), 'open', { kind: 'text' });
        const place = [...path, 'entry', 'set', 'open'];
        return [put(changed, place, 'secret'), place];
      }),
  ),
  operator('leak-of-a-part', 'A text is as sensitive as the most sensitive of its parts.', (tree) =>
    statesOf(tree)
      .filter(({ value }) => 'exit' in value || 'call' in value || 'task' in value)
      .map(({ path }) => {
        const changed = withField(withField(tree, 'secret', SECRET), 'open', { kind: 'text' });
        const place = [...path, 'exit', 'set', 'open'];
        return [put(changed, place, '"about " + lower(secret)'), place];
      }),
  ),
  operator('leak-to-form', 'Nobody but its owners may see what is restricted.', (tree) =>
    formsInUse(tree).map((name) => {
      const place = ['forms', name, 'show'];
      const shown = at(tree, place);
      const changed = withField(tree, 'secret', SECRET);
      return [put(changed, place, [...(isList(shown) ? shown : []), 'secret']), place];
    }),
  ),
  operator('leak-asked-for', 'Nobody is asked for what they may not read.', (tree) =>
    formsInUse(tree).flatMap((name) => {
      // A start asks before anything is there to be read.
      if (entriesOf(tree['start']).some(([, start]) => at(start, ['form']) === name)) return [];
      const place = ['forms', name, 'fields'];
      const fields = at(tree, place);
      if (!isList(fields)) return [];
      return [
        [put(withField(tree, 'secret', SECRET), place, [...fields, 'secret']), place] as const,
      ];
    }),
  ),
  operator('leak-to-mail', 'A mail is not cleared for what is restricted.', (tree) =>
    entriesOf(tree['messages']).map(([name]) => {
      const place = ['messages', name, 'subject'];
      return [put(withField(tree, 'secret', SECRET), place, 'About {{secret}}'), place];
    }),
  ),
  operator('not-granted', 'IT has given this team no leave for the operation.', (tree) =>
    statesWith(tree, 'call').map(({ path }) => [put(tree, ['team'], 'marketing'), path]),
  ),
  operator('not-granted-field', 'IT has given this team no leave to write the field.', (tree) =>
    entriesOf(tree['data']).some(([, type]) => type === 'Customer')
      ? statesOf(tree)
          .filter(({ value }) => !('final' in value) && !('entry' in value))
          .map(({ path }) => {
            const place = [...path, 'entry', 'set', 'customer.omsAccountNo'];
            return [put(tree, place, { value: 'A1' }), place] as const;
          })
      : [],
  ),
  operator('outcome-of-a-child', 'The process never ends so.', (tree) =>
    statesWith(tree, 'run').map(({ path }) => {
      const place = [...path, 'on', 'sung'];
      return [put(tree, place, String(path.at(-1))), place];
    }),
  ),
  operator(
    'renamed-input',
    'The operation takes nothing of this name, and lacks what it must have.',
    (tree) =>
      inputsOf(tree).map(({ path, name }) => [
        rename(tree, [...path, name], `${name}Zzz`),
        path.slice(0, -1),
      ]),
  ),
];

/** The names of all forms: each is used by some state or start. */
function formsInUse(tree: Tree): readonly string[] {
  return entriesOf(tree['forms']).map(([name]) => name);
}
