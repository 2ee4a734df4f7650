import { put } from '../tree.ts';
import type { Tree, Value } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import type { Part } from '../walk.ts';
import { entriesOf } from '../tree.ts';
import { endOf, placesOf, statesWith } from '../walk.ts';

const SALES: Tree = { by: { role: 'sales-rep' } };
const CONFIRMED = 'oms.orderConfirmed';

/** States that can have a further event under `on`. */
function listening(tree: Tree): readonly Part<Tree>[] {
  return placesOf(tree).filter(({ value }) =>
    entriesOf(value['on']).every(([name]) => name !== CONFIRMED),
  );
}

/** Gives every state a further event, with a part of it where the problem is. */
function event(
  name: string,
  why: string,
  heard: string,
  rule: Value,
  part: readonly string[] = [],
): Operator {
  return operator(name, why, (tree) =>
    listening(tree).map(({ path }) => {
      const place = [...path, 'on', heard];
      return [put(tree, place, rule), [...place, ...part]];
    }),
  );
}

/** Buttons, messages and programs. */
export const EVENT_OPERATORS: readonly Operator[] = [
  event('pressed-by-nobody', 'The core has no such role.', 'poke', { by: { role: 'jester' } }, [
    'by',
  ]),
  event('pressed-by-anything', 'There are no such people.', 'poke', { by: 'everybody' }, ['by']),
  event('pressed-by-two', 'A button says once who presses it.', 'poke', {
    by: { role: 'sales-rep', starter: true },
  }),
  event('button-of-no-form', 'There is no such form.', 'poke', { ...SALES, form: 'nowhere' }, [
    'form',
  ]),
  event('button-to-nowhere', 'There is no such state.', 'poke', { ...SALES, to: 'nowhere' }, [
    'to',
  ]),
  event('matched-button', 'A button is pressed, not matched.', 'poke', {
    ...SALES,
    match: 'reference',
  }),
  event(
    'button-asks-a-message',
    'A button brings no message.',
    'poke',
    {
      ...SALES,
      when: 'message.promisedDate != null',
    },
    ['when'],
  ),
  event(
    'button-of-empty-form',
    'A button without a form gives no form.',
    'poke',
    {
      ...SALES,
      when: 'form.remark != null',
    },
    ['when'],
  ),
  event('unmatched-message', 'Nothing says whose message it is.', CONFIRMED, { set: {} }),
  event('unknown-incoming', 'No connector has such a message.', 'oms.sunRose', {
    match: 'reference',
  }),
  event(
    'message-matched-by-day',
    'The key of the message is a text.',
    CONFIRMED,
    {
      match: 'today()',
    },
    ['match'],
  ),
  event(
    'message-matched-by-nothing',
    'Nothing in scope has this name.',
    CONFIRMED,
    {
      match: 'nobody.name',
    },
    ['match'],
  ),
  event(
    'part-of-no-message',
    'The message has no such part.',
    CONFIRMED,
    {
      ...{ match: 'reference', when: 'message.colour == "red"' },
    },
    ['when'],
  ),
  event('pressed-message', 'Another system sends a message; nobody presses it.', CONFIRMED, {
    ...SALES,
    match: 'reference',
  }),
  event('message-with-a-form', 'Another system fills no form.', CONFIRMED, {
    ...{ match: 'reference', form: 'nowhere' },
  }),
  operator('outcome-of-no-work', 'Nothing here ends, and nobody presses it.', (tree) =>
    listening(tree)
      .filter(({ value }) => ['call', 'wait', 'decide'].some((key) => key in value))
      .map(({ path }) => {
        const place = [...path, 'on', 'poke'];
        return [put(tree, place, { to: String(path.at(-1)) }), place];
      }),
  ),
  operator('two-regions-hear', 'Both regions would leave on one message.', (tree) =>
    statesWith(tree, 'parallel')
      .filter(({ path }) => path.length === 2)
      .map(({ path, value }) => {
        const place = [...path, 'parallel'];
        const changed = entriesOf(value['parallel']).reduce((all, [region]) => {
          const rule = { match: 'reference', to: `^${endOf(tree)}` };
          return put(all, [...place, region, 'on', CONFIRMED], rule);
        }, tree);
        return [changed, place];
      }),
  ),
];
