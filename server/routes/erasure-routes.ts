import { Eraser, TrellisError } from '../../engine/index.ts';
import type { ErasureTarget } from '../../engine/index.ts';
import { endFirst } from '../desk/end-first.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { NOT_LOOKED_AT, erasureLines } from '../views/texts/erasure-words.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

type Request = RouteRequest<undefined>;

/** What somebody has asked for, as it was posted. */
interface Wish {
  readonly reference: string;
  readonly value: string;
  readonly reason: string;
}

/** What is wrong with a wish, by the name of its field. */
type Faults = Partial<Record<keyof Wish, string>>;

const NO_WISH: Wish = { reference: '', value: '', reason: '' };
const SHORTEST = 3;
/** What is said after something was erased. */
const LEADS: ReadonlyMap<string, string> = new Map([
  ['yes', 'It is erased. The history of each case says so, and who did it and why.'],
  [
    'partly',
    'It is erased, but for cases that stay as they are. Ask for the same again once they can be erased.',
  ],
]);

/** Erasing personal data: asking for it, seeing what would go, and doing it. */
export function erasureRoutes(site: Site): readonly Route[] {
  const one = {
    action: 'personal.erase',
    load: () => Promise.resolve(undefined),
    subject: () => ({ rules: site.host.publishing.reviews.rules }),
  } as const;
  return [
    route({
      ...{ ...one, method: 'get', path: paths.erasure },
      handle: ({ visitor, query }) =>
        Promise.resolve(ask(site, visitor, NO_WISH, {}, LEADS.get(query['done'] ?? ''))),
    }),
    route({
      ...{ ...one, method: 'post', path: paths.erasure },
      handle: (request) => preview(site, request),
    }),
    route({
      ...{ ...one, method: 'post', path: paths.eraseNow },
      handle: (request) => carryOut(site, request),
    }),
  ];
}

function ask(
  site: Site,
  visitor: Request['visitor'],
  { reference, value, reason }: Wish,
  faults: Faults,
  lead = 'Of one case and those that it ran, or wherever something stands that tells of a person. You see first what would go.',
): Reply {
  const page = changePage({
    area: 'erasure',
    backHref: paths.home,
    backText: 'Start something',
    heading: 'Erase personal data',
    lead,
    consequences: [],
    action: paths.erasure,
    fields: [
      field(
        'reference',
        'Reference of a case',
        'Leave it empty to look for a person.',
        reference,
        faults,
      ),
      field(
        'value',
        'What tells of the person',
        'For example an email address, as it was entered.',
        value,
        faults,
      ),
      {
        ...reasonField(reason, faults.reason),
        hint: 'It stays for good, with your name. Name nobody in it.',
      },
    ],
    button: 'Show what would go',
  });
  return show(site, visitor, page, Object.keys(faults).length > 0 ? 422 : 200);
}

function field(
  name: 'reference' | 'value',
  label: string,
  hint: string,
  value: string,
  faults: Faults,
): ChangeField {
  const error = faults[name];
  return { id: name, name, label, hint, value, verbatim: true, ...(error && { error }) };
}

async function preview(site: Site, { visitor, fields }: Request, lead?: string): Promise<Reply> {
  const wish = wishOf(fields);
  const read = await targetOf(site, wish);
  if ('faults' in read) return ask(site, visitor, wish, read.faults);
  const outlook = await eraserOf(site).preview(read.target);
  const goes = outlook.cases.some(({ refused }) => refused === undefined);
  const isNothing = !goes && outlook.records.length + outlook.writes === 0;
  const page = changePage({
    area: 'erasure',
    backHref: paths.erasure,
    backText: 'Erase personal data',
    heading: 'What would be erased',
    lead:
      lead ?? 'It cannot be taken back. Copies of the database have it until they are thrown away.',
    consequences: [...erasureLines(outlook), NOT_LOOKED_AT],
    before: await endFirst(site.host, visitor.actor, outlook.cases),
    ...(isNothing ? { refused: 'There is nothing that can be erased.' } : {}),
    action: paths.eraseNow,
    hidden: [
      { name: 'reference', value: wish.reference },
      { name: 'value', value: wish.value },
      { name: 'reason', value: wish.reason },
      { name: 'token', value: outlook.token },
    ],
    fields: [],
    button: 'Erase it for good',
    warning: true,
  });
  return show(site, visitor, page, lead === undefined ? 200 : 409);
}

async function carryOut(site: Site, request: Request): Promise<Reply> {
  const { visitor, fields } = request;
  const wish = wishOf(fields);
  const read = await targetOf(site, wish);
  if ('faults' in read) return ask(site, visitor, wish, read.faults);
  const token = new Map(fields).get('token') ?? '';
  const cause = { actor: visitor.author, reason: wish.reason };
  try {
    const { cases } = await eraserOf(site).erase(read.target, token, cause);
    const isWhole = cases.every(
      ({ refused }) => refused === undefined || refused.kind === 'nothing',
    );
    return redirect(`${paths.erasure}?done=${isWhole ? 'yes' : 'partly'}`);
  } catch (error) {
    if (!(error instanceof TrellisError)) throw error;
    if (error.code === 'names-person') {
      return ask(site, visitor, wish, { reason: error.message });
    }
    if (error.code !== 'erasure-changed' && error.code !== 'nothing-to-erase') throw error;
    return preview(site, request, error.message);
  }
}

function eraserOf({ host }: Site): Eraser {
  const { store, catalogue, clock } = host;
  return new Eraser({ store, catalogue, clock, core: () => host.core.view });
}

function wishOf(fields: Request['fields']): Wish {
  const posted = new Map(fields);
  const text = (name: keyof Wish): string => (posted.get(name) ?? '').trim();
  return { reference: text('reference'), value: text('value'), reason: text('reason') };
}

async function targetOf(
  { host }: Site,
  { reference, value, reason }: Wish,
): Promise<{ readonly target: ErasureTarget } | { readonly faults: Faults }> {
  if (reason === '') return { faults: { reason: 'Say why.' } };
  if (reference === '' && value.length < SHORTEST) {
    const what = `Give the reference of a case, or at least ${SHORTEST} characters that tell of a person.`;
    return { faults: { value: what } };
  }
  if (reference === '') return { target: { kind: 'person', value } };
  if (value !== '') return { faults: { value: 'Give one of the two: a reference, or a person.' } };
  const { rows } = await host.store.worklist.cases({ reference, archive: 'with' }, undefined, 1);
  const [found] = rows;
  if (found?.reference !== reference) {
    return { faults: { reference: 'There is no case with this reference.' } };
  }
  return { target: { kind: 'case', id: found.id } };
}
