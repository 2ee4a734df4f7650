import type { Path } from '../../../engine/kernel/problem.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { put } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { formulasOf, statesWith } from '../walk.ts';

/** Every `send` to an address. */
function sendsOf(tree: Tree): readonly Path[] {
  return formulasOf(tree)
    .filter(({ use, path }) => use === 'address' && path.at(-2) === 'send')
    .map(({ path }) => path.slice(0, -1));
}

/** Whom mails go to. */
export const MAIL_OPERATORS: readonly Operator[] = [
  operator('mail-to-an-unknown-role', 'The core has no such role.', (tree) =>
    sendsOf(tree).map((path) => [
      put(tree, [...path, 'to'], { role: 'court-jester' }),
      [...path, 'to'],
    ]),
  ),
  operator('mail-to-two', 'A mail goes to a role, or to an address.', (tree) =>
    sendsOf(tree).map((path) => [
      put(tree, [...path, 'to'], { role: 'sales-rep', value: 'a@a.example' }),
      [...path, 'to'],
    ]),
  ),
  operator('ask-to-a-role', 'An ask is mailed to one address outside.', (tree) =>
    statesWith(tree, 'ask').map(({ path }) => {
      const place = [...path, 'ask', 'to'];
      return [put(tree, place, { role: 'sales-rep' }), place];
    }),
  ),
  operator('mail-to-an-address-written-out', 'Who gets mails is not for authors to say.', (tree) =>
    formulasOf(tree)
      .filter(({ use }) => use === 'address')
      .map(({ path, value }) => [put(tree, path, `orElse(${value}, "x@x.example")`), path]),
  ),
];
