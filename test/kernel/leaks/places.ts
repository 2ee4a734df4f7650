import type { Specimen } from './corpus.ts';
import { workflow } from './corpus.ts';

/** What is read by its path, and how it comes there where it is a copy. */
interface Read {
  readonly path: string;
  readonly copy?: string;
}

const SECRETS: readonly Read[] = [
  { path: 'person.note' },
  { path: 'person.pay' },
  { path: 'person.ill' },
  { path: 'person.home.street' },
  { path: 'own', copy: 'own: person.note' },
  { path: 'own', copy: `own: '"so: " + text(person.score)'` },
  { path: 'held', copy: 'held: person.pay' },
  { path: 'held', copy: `held: 'person.ill + person.pay'` },
  { path: 'parcel.inner', copy: 'parcel.inner: person.note' },
];

const OPEN: readonly Read[] = [
  { path: 'person.name' },
  { path: 'said', copy: 'said: person.name' },
  { path: 'said', copy: `said: '"so: " + text(rank)'` },
  { path: 'parcel.outer', copy: 'parcel.outer: person.name' },
];

/** A place that shows what is read. */
interface Place {
  readonly name: string;
  readonly at: string;
  readonly source: (read: Read) => Specimen['source'];
}

const PLACES: readonly Place[] = [
  {
    name: 'the text of a mail',
    at: 'hello.hbs',
    source: (read) => mailed(read, { body: `Hello\n{{${read.path}}}` }),
  },
  {
    name: 'a part of a mail that is there at times',
    at: 'hello.hbs',
    source: (read) => mailed(read, { body: `{{#if agreed}}{{${read.path}}}{{/if}}` }),
  },
  {
    name: 'the subject of a mail',
    at: 'subject:',
    source: (read) => mailed(read, { subject: `'Hello {{${read.path}}}'` }),
  },
  {
    name: 'a subject in one of two languages',
    at: 'subject:',
    source: (read) => mailed(read, { subject: `{ en: Hello, de: 'Hallo {{${read.path}}}' }` }),
  },
  {
    name: 'the title of a task for somebody who may not see it',
    at: 'title:',
    source: (read) =>
      shown(read, `task: { title: 'For {{${read.path}}}', assign: { role: guest }, form: look }`),
  },
  {
    name: 'a form for a role that may not see it',
    at: 'show:',
    source: (read) => shown(read, 'task: { title: Work, assign: { role: guest }, form: seen }'),
  },
  {
    name: 'a form for one of two roles that may not see it',
    at: 'show:',
    source: (read) =>
      shown(read, `task: { title: Work, assign: { roles: '["clerk", "guest"]' }, form: seen }`),
  },
  {
    name: 'a form for somebody outside',
    at: 'show:',
    source: (read) =>
      shown(read, 'ask: { form: seen, to: person.mail, message: hello }', 'Hello {{link}}'),
  },
];

function mailed(
  { copy }: Read,
  written: { readonly body?: string; readonly subject?: string },
): Specimen['source'] {
  return workflow(`${copied(copy)}  leaking: { next: greeted }\n`, { ...written, data: PARCEL });
}

function shown({ copy, path }: Read, work: string, body?: string): Specimen['source'] {
  const states = `${copied(copy)}  leaking: { ${work}, on: { done: ${body === undefined ? 'greeted' : 'ended'} } }\n`;
  const forms = work.includes('form: seen')
    ? `  seen: { title: Seen, show: [${path}], fields: [said] }\n`
    : '  look: { title: Look, fields: [said] }\n';
  return workflow(states, {
    forms,
    data: PARCEL,
    ...(body === undefined ? {} : { body, greets: false }),
  });
}

function copied(copy: string | undefined): string {
  return copy === undefined ? '' : `  copying: { next: { to: leaking, set: { ${copy} } } }\n`;
}

const PARCEL = `  parcel:
    kind: object
    fields: { outer: { kind: text }, inner: { kind: text, classification: confidential } }
`;

/** What is read by its path into every place that shows it: secrets leak, what is open does not. */
export function throughPlaces(which: 'secret' | 'open'): readonly Specimen[] {
  return (which === 'secret' ? SECRETS : OPEN).flatMap((read) =>
    PLACES.map(({ name, at, source }): Specimen => ({
      name: `${read.copy ?? read.path} into ${name}`,
      source: source(read),
      at,
    })),
  );
}
