import type { Specimen } from './corpus.ts';
import { workflow } from './corpus.ts';

/** A workflow with `§` where a secret stands, or a value that everybody may see. */
interface Way {
  readonly name: string;
  readonly states: string;
  readonly secret: string;
  readonly open: string;
  readonly at: string;
  readonly data?: string;
  readonly body?: string;
  readonly greets?: boolean;
}

const NOTE = { secret: 'person.note', open: 'person.name' };
const RESULT = { secret: 'result.secret', open: 'result.open' };
const PART = { secret: 'p.secret', open: 'p.label' };

const FIELDS = '{ left: { kind: text }, right: { kind: text, classification: confidential } }';
const MIXED = `  mixed: { kind: object, fields: ${FIELDS} }\n`;

const BY_ID = 'id: person.id';

/** What is read from records is as secret as what was written, and goes into them no less so. */
const THROUGH_RECORDS: readonly Way[] = [
  {
    ...{ name: 'a field of a record, saved', at: 'said:' },
    ...{ secret: 'result.record.note', open: 'result.record.name' },
    states: `leaking: { call: records.Person.get, with: { ${BY_ID} }, save: { said: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a field in a group of a record, saved', at: 'said:' },
    ...{ secret: 'result.record.home.street', open: 'result.record.name' },
    states: `leaking: { call: records.Person.get, with: { ${BY_ID} }, save: { said: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a record that was just written, saved', at: 'said:' },
    ...{ secret: 'result.record.pay', open: 'result.record.name' },
    states: `leaking: { call: records.Person.create, with: { record: person }, save: { said: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'what was found, saved', at: 'said:' },
    ...{ secret: 'result.records[0].note', open: 'result.records[0].name' },
    states: `leaking: { call: records.Person.find, with: { name: person.name }, save: { said: 'orElse(§, "")' }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'what was found, worked out', at: 'said:' },
    ...{ secret: 'p.secret', open: 'p.label' },
    states: `leaking: { call: records.Part.find, save: { said: 'text(result.records.map(p, §).count(s, s == "x"))' }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a record that was read into the data, given away', at: 'text:' },
    ...{ secret: 'person.note', open: 'person.name' },
    states: `fetching: { call: records.Person.get, with: { ${BY_ID} }, save: { person: result.record }, done: leaking, failed: greeted }
  leaking: { call: out.say, with: { text: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a less protected field of a record, written', at: 'name:' },
    ...{ secret: 'person.note', open: 'said' },
    states: `leaking: { call: records.Person.update, with: { ${BY_ID}, name: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a protected field of a record, written from one that is more so', at: 'note:' },
    ...{ secret: 'person.pay', open: 'person.note' },
    states: `leaking: { call: records.Person.update, with: { ${BY_ID}, note: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'the key of a record', at: 'label:' },
    ...{ secret: 'person.note', open: 'person.name' },
    states: `leaking: { call: records.Part.update, with: { label: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a record put together', at: 'record:' },
    ...{ secret: 'person.note', open: 'person.name' },
    states: `leaking: { call: records.Part.create, with: { record: '{"label": §, "secret": person.note}' }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a record looked for by what its field must not hold', at: 'name:' },
    ...{ secret: 'person.note', open: 'said' },
    states: `leaking: { call: records.Person.find, with: { name: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a record changed to take work back', at: 'name:' },
    ...{ secret: 'person.note', open: 'person.name' },
    states: `leaking: { call: out.ask, done: { to: greeted, undo: here }, failed: greeted, undo: { call: records.Person.update, with: { ${BY_ID}, name: § } } }`,
  },
];

const BESIDE = `  more:
    type: Person
    fields: { hint: { kind: text }, hidden: { kind: text, classification: confidential } }
`;

/** Fields that a workflow adds to a type are as sensitive as it says, and no less so. */
const BESIDE_A_TYPE: readonly Way[] = [
  {
    ...{ name: 'into a field beside a type', secret: 'person.note', open: 'person.name' },
    ...{ at: 'more.hint:', data: BESIDE },
    states: `leaking: { next: { to: greeted, set: { more.hint: § } } }`,
  },
  {
    ...{ name: 'a field beside a type, saved', secret: 'more.hidden', open: 'more.hint' },
    ...{ at: 'said:', data: BESIDE },
    states: `leaking: { next: { to: greeted, set: { said: 'orElse(§, "")' } } }`,
  },
  {
    ...{ name: 'a field beside a type, given away', secret: 'more.hidden', open: 'more.hint' },
    ...{ at: 'text:', data: BESIDE },
    states: `leaking: { call: out.say, with: { text: § }, done: greeted, failed: greeted }`,
  },
];

const WAYS: readonly Way[] = [
  ...BESIDE_A_TYPE,
  ...THROUGH_RECORDS,
  {
    ...{ name: 'an answer of an operation, saved', ...RESULT, at: 'said:' },
    states: `leaking: { call: out.ask, save: { said: § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'an answer of an operation, set by what follows it', ...RESULT, at: 'said:' },
    states: `leaking: { call: out.ask, done: { to: greeted, set: { said: § } }, failed: greeted }`,
  },
  {
    ...{ name: 'a message, saved', secret: 'message.secret', open: 'message.open', at: 'said:' },
    states: `leaking: { wait: { message: out.told, match: person.name }, save: { said: § }, done: greeted, after: { 1 day: greeted } }`,
  },
  {
    ...{
      name: 'a message that is heard',
      secret: 'message.secret',
      open: 'message.open',
      at: 'said:',
    },
    states: `leaking: { on: { out.told: { match: person.name, to: greeted, set: { said: § } } }, after: { 1 day: greeted } }`,
  },
  {
    ...{ name: 'a whole record given to an operation', at: 'with:' },
    ...{ secret: 'person: person', open: 'text: person.name' },
    states: `leaking: { call: out.say, with: { § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'a list of records given to an operation', at: 'with:' },
    ...{ secret: 'parts: person.parts', open: `text: 'text(size(person.parts))'` },
    states: `leaking: { call: out.say, with: { § }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'each item of a list, given to an operation', ...PART, at: 'text:' },
    states: `leaking: { forEach: { item: p, in: person.parts }, call: out.say, with: { text: § }, done: greeted }`,
  },
  {
    ...{ name: 'each item of a list, in the title of a task', ...PART, at: 'title:' },
    states: `leaking: { forEach: { item: p, in: person.parts }, task: { title: 'For {{§}}', assign: { role: guest } }, on: { ready: {} }, done: greeted }`,
  },
  {
    ...{ name: 'a case begun for each item of a list', ...PART, at: 'text:' },
    states: `leaking: { start: { workflow: lend, each: p, in: person.parts, with: { text: § } }, next: greeted }`,
  },
  {
    ...{ name: 'what another case was lent', at: 'said:' },
    ...{ secret: 'keep', open: 'lend' },
    states: `leaking: { run: §, with: { text: person.name }, save: { said: 'orElse(result.text, "")' }, done: greeted, failed: greeted }`,
  },
  {
    ...{ name: 'what takes work back', ...NOTE, at: 'text:' },
    states: `leaking: { call: out.ask, done: { to: greeted, undo: here }, failed: greeted, undo: { call: out.say, with: { text: § } } }`,
  },
  {
    ...{ name: 'a case that takes work back', ...NOTE, at: 'text:' },
    states: `leaking: { call: out.ask, done: { to: greeted, undo: here }, failed: greeted, undo: { run: lend, with: { text: § } } }`,
  },
  {
    ...{ name: 'what is set when a state is entered', ...NOTE, at: 'said:' },
    states: `leaking: { entry: { set: { said: § } }, next: greeted }`,
  },
  {
    ...{ name: 'what is set when a state is left', ...NOTE, at: 'said:' },
    states: `leaking: { exit: { set: { said: § } }, next: greeted }`,
  },
  {
    ...{ name: 'what is set by a timer', ...NOTE, at: 'said:' },
    states: `leaking: { after: { 1 day: { to: greeted, set: { said: § } } } }`,
  },
  {
    ...{ name: 'what is set by a button', ...NOTE, at: 'said:' },
    states: `leaking: { on: { go: { by: { role: clerk }, to: greeted, set: { said: § } } }, after: { 1 day: greeted } }`,
  },
  {
    ...{ name: 'one of two ways that are taken', ...NOTE, at: 'said:' },
    states: `leaking: { next: [{ when: agreed, to: greeted, set: { said: § } }, { to: greeted }] }`,
  },
  {
    ...{ name: 'a region of two', ...NOTE, at: 'said:' },
    states: `leaking: { parallel: { one: { states: { first: { next: { to: over, set: { said: § } } }, over: { final: true } } }, two: { call: out.ask, failed: ^greeted } }, done: greeted }`,
  },
  {
    ...{ name: 'two copies, one after the other', at: 'said: own' },
    ...{ secret: 'own', open: 'told' },
    states: `copying: { next: { to: leaking, set: { §: person.name } } }
  leaking: { next: { to: greeted, set: { said: § } } }`,
    data: '  told: { kind: text }\n',
  },
  {
    ...{ name: 'a list in a mail', secret: 'secret', open: 'label', at: 'hello.hbs' },
    states: `leaking: { next: greeted }`,
    body: '{{#each person.parts}}{{§}}, {{/each}}',
  },
  {
    ...{ name: 'a whole list stored where it is not protected', at: 'words:' },
    ...{ secret: 'p.secret', open: 'p.label' },
    states: `leaking: { next: { to: greeted, set: { words: 'person.parts.map(p, §)' } } }`,
    data: '  words: { kind: list, of: { kind: text } }\n',
  },
  {
    ...{ name: 'a part of an object stored where it is not protected', ...NOTE, at: 'pair:' },
    states: `leaking: { next: { to: greeted, set: { pair: '{"left": person.name, "right": §}' } } }`,
    data: '  pair: { kind: object, fields: { left: { kind: text }, right: { kind: text } } }\n',
  },
  {
    ...{ name: 'a field of a locked type that is not protected', ...NOTE, at: 'person.home.town:' },
    states: `leaking: { next: { to: greeted, set: { person.home.town: § } } }`,
  },
  ...(
    [
      ['a field of an object that is written out', `'{"left": §, "right": person.note}'`],
      ['one of two objects', `'agreed ? {"left": §, "right": "x"} : {"left": "a", "right": "b"}'`],
      ['an object, of two, that is not empty', `'orElse(mixed, {"left": §, "right": "x"})'`],
      ['an object inside of a list', `'orElse([{"left": §, "right": "x"}][0], mixed)'`],
      [
        'an object made of the items of a list',
        `'orElse(person.parts.map(p, {"left": §, "right": p.secret})[0], mixed)'`,
      ],
      [
        'a field of objects that were made of items',
        `'orElse(person.parts.map(p, {"both": {"left": §, "right": p.secret}}).map(q, q.both)[0], mixed)'`,
      ],
    ] as const
  ).map(([name, value]): Way => ({
    ...{ name: `${name}, beside a field that is protected`, ...NOTE, at: 'mixed:' },
    states: `leaking: { next: { to: greeted, set: { mixed: ${value} } } }`,
    data: MIXED,
  })),
  {
    ...{ name: 'a field of an object that depends on a secret', at: 'mixed:' },
    ...{ secret: 'person.sure', open: 'agreed' },
    states: `leaking: { next: { to: greeted, set: { mixed: '{"left": § ? "a" : "b", "right": "x"}' } } }`,
    data: MIXED,
  },
  {
    ...{ name: 'fields that change places', at: 'mixed:' },
    ...{
      secret: '"left": mixed.right, "right": mixed.left',
      open: '"left": mixed.left, "right": mixed.right',
    },
    states: `leaking: { next: { to: greeted, set: { mixed: '{§}' } } }`,
    data: MIXED,
  },
  {
    ...{ name: 'items of a list whose fields change places', at: 'mixes:' },
    ...{ secret: '"left": m.right, "right": m.left', open: '"left": m.left, "right": m.right' },
    states: `leaking: { next: { to: greeted, set: { mixes: 'mixes.map(m, {§})' } } }`,
    data: `${MIXED}  mixes: { kind: list, of: { kind: object, fields: ${FIELDS} } }\n`,
  },
  {
    ...{ name: 'the protected field of an object that was written out', at: 'said:' },
    ...{ secret: 'right', open: 'left' },
    states: `leaking: { next: { to: greeted, set: { said: '{"left": person.name, "right": person.note}.§' } } }`,
  },
  {
    ...{ name: 'an item added to a list', ...PART, at: 'add:' },
    states: `leaking: { forEach: { item: p, in: words }, task: { title: Work, assign: { role: clerk } }, on: { more: { add: '{"word": §}' }, ready: {} }, done: greeted }`,
    data: '  words: { kind: list, of: { kind: object, fields: { word: { kind: text }, secret: { kind: text, classification: confidential }, label: { kind: text } } } }\n',
  },
];

/** Hand-made ways that a secret may take through a workflow, and the same with what is open. */
export function byHand(which: 'secret' | 'open'): readonly Specimen[] {
  return WAYS.map(({ name, states, at, data, body, greets, ...values }): Specimen => {
    const filled = (text: string): string => text.replaceAll('§', values[which]);
    const more = {
      ...(data === undefined ? {} : { data }),
      ...(body === undefined ? {} : { body: filled(body) }),
      ...(greets === undefined ? {} : { greets }),
    };
    return { name, source: workflow(`  ${filled(states)}\n`, more), at };
  });
}
