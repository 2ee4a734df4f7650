import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';

/** One definition of the corpus. */
export interface Specimen {
  readonly name: string;
  readonly source: WorkflowSource;
  /** Words of the line, or of the file, at which a leak is to be told. */
  readonly at: string;
}

type Kind = 'text' | 'number' | 'date' | 'yes/no';

/** A value that is confidential, and one of the same kind that everybody may see. */
interface Value {
  readonly kind: Kind;
  readonly secret: string;
  readonly open: string;
}

const VALUES: readonly Value[] = [
  { kind: 'text', secret: 'person.note', open: 'person.name' },
  { kind: 'number', secret: 'person.score', open: 'rank' },
  { kind: 'date', secret: 'person.due', open: 'day' },
  { kind: 'yes/no', secret: 'person.sure', open: 'agreed' },
  { kind: 'text', secret: 'person.pay', open: 'person.name' },
  { kind: 'text', secret: 'person.ill', open: 'person.name' },
  { kind: 'text', secret: 'person.home.street', open: 'person.name' },
  { kind: 'text', secret: 'own', open: 'said' },
];

/** A way by which a value becomes a text. */
const BY_KIND: Readonly<Record<Kind, readonly ((value: string) => string)[]>> = {
  text: [
    (value) => value,
    (value) => `"so: " + ${value}`,
    (value) => `${value} + said`,
    (value) => `agreed ? ${value} : "none"`,
    (value) => `agreed ? "none" : ${value}`,
    (value) => `upper(${value})`,
    (value) => `orElse(${value}, "")`,
    (value) => `text([${value}].map(v, v + "!").count(w, w == "x"))`,
    (value) => `orElse([said, ${value}].filter(v, v != "")[0], "")`,
    (value) => `orElse([${value}, said].sortBy(v, v)[0], "")`,
    (value) => `orElse([{"inner": ${value}}].map(v, v.inner)[0], "")`,
    (value) => `{"inner": {"deep": ${value}}}.inner.deep`,
    (value) => `text(size(${value}))`,
    (value) => `text(startsWith(${value}, "A"))`,
    (value) => `text(contains(${value}, "A"))`,
  ],
  number: [
    (value) => `text(${value})`,
    (value) => `text(${value} + 1.0)`,
    (value) => `text(0.0 - ${value})`,
    (value) => `text(round(${value}, 1))`,
    (value) => `text(max(rank, ${value}))`,
    (value) => `text(sum([rank, ${value}]))`,
    (value) => `text(${value} > 5.0)`,
    (value) => `text(sum([1.0, ${value}].map(n, n * 2.0)))`,
    (value) => `text([1.0, 2.0].count(n, n > ${value}))`,
  ],
  date: [
    (value) => `text(${value})`,
    (value) => `text(addDays(${value}, 1))`,
    (value) => `text(days(day, ${value}))`,
    (value) => `text(businessDays(${value}, day))`,
    (value) => `text(max(day, ${value}))`,
    (value) => `text(${value} == day)`,
  ],
  'yes/no': [
    (value) => `text(${value})`,
    (value) => `text(!${value})`,
    (value) => `text(${value} && agreed)`,
    (value) => `text(agreed || ${value})`,
  ],
};

/** A place that is given a text, which it must not be where that is secret. */
interface Sink {
  readonly name: string;
  readonly state: (expression: string) => string;
  readonly at: string;
}

const SINKS: readonly Sink[] = [
  {
    name: 'a field that everybody may see',
    state: (value) => `next: { to: greeted, set: { said: ${quoted(value)} } }`,
    at: 'said:',
  },
  {
    name: 'an operation',
    state: (value) =>
      `{ call: out.say, with: { text: ${quoted(value)} }, done: greeted, failed: greeted }`,
    at: 'text:',
  },
  {
    name: 'the address of a mail',
    state: (value) =>
      `next: { to: greeted, send: { message: hello, to: ${quoted(`person.mail + (${value})`)} } }`,
    at: 'to:',
  },
  {
    name: 'a workflow of another team',
    state: (value) =>
      `{ run: show, with: { text: ${quoted(value)} }, done: greeted, failed: greeted }`,
    at: 'text:',
  },
  {
    name: 'a workflow of the same team that does not protect it',
    state: (value) =>
      `{ run: lend, with: { text: ${quoted(value)} }, done: greeted, failed: greeted }`,
    at: 'text:',
  },
  {
    name: 'a case that is only started',
    state: (value) =>
      `{ start: { workflow: lend, with: { text: ${quoted(value)} } }, next: greeted }`,
    at: 'text:',
  },
];

const quoted = (expression: string): string => `'${expression.replaceAll("'", "''")}'`;

/** Every value by every way into every place: secret ones leak, open ones do not. */
export function throughExpressions(which: 'secret' | 'open'): readonly Specimen[] {
  return VALUES.flatMap((value) =>
    BY_KIND[value.kind].flatMap((way) =>
      SINKS.map((sink): Specimen => {
        const expression = way(value[which]);
        const name = `${expression} into ${sink.name}`;
        return {
          name,
          source: workflow(`  leaking: ${indent(sink.state(expression))}\n`),
          at: sink.at,
        };
      }),
    ),
  );
}

const indent = (state: string): string => (state.startsWith('{') ? state : `{ ${state} }`);

/** A workflow of the team whose first state is `leaking`. */
export function workflow(
  states: string,
  { forms = '', subject = 'Hello', body = 'Hello {{person.name}}', data = '', greets = true } = {},
): WorkflowSource {
  return {
    name: 'specimen',
    text: `workflow: specimen
title: Specimen
team: desk
core: 1
reference: S-{number}
data:
  person: Person
  said: { kind: text, maxLength: 500, default: '' }
  rank: { kind: number, default: 1 }
  day: { kind: date, default: '2027-01-01' }
  agreed: { kind: yes/no, default: true }
  own: { kind: text, maxLength: 500, classification: confidential, default: '' }
  held: { kind: text, maxLength: 500, classification: [restricted, health], default: '' }
${data}start: { desk: { form: request, audience: { role: clerk } } }
forms:
  request:
    title: Request
    fields:
${FIELDS.map((field) => `      - { field: ${field}, required: true }\n`).join('')}${forms}states:
${states}${greets ? GREETED : ''}  ended: { final: completed }
messages:
  hello: { subject: ${subject}, body: hello.hbs }
`,
    files: { 'hello.hbs': body },
  };
}

/** Whatever else happens: what sends the one mail. */
const GREETED = '  greeted: { next: ended, exit: { send: { message: hello, to: person.mail } } }\n';

const FIELDS = [
  'person.id',
  'person.name',
  'person.mail',
  'person.note',
  'person.score',
  'person.due',
  'person.sure',
  'person.pay',
  'person.ill',
  'person.home.street',
  'person.parts',
];
