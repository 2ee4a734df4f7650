import type { Absence, User } from '../../engine/index.ts';
import { changePage } from '../views/pages/change-page.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

type Field = 'from' | 'until' | 'substitute';
type Entered = Readonly<Record<Field, string>>;
type Errors = Readonly<Partial<Record<Field, string>>>;

/** Saying when one is out of office, and who stands in. */
export function absenceRoutes(site: Site): readonly Route[] {
  const own = { path: paths.absence, action: 'absence.change', ...nothing } as const;
  return [
    route({ ...own, method: 'get', handle: (request) => ask(site, request) }),
    route({ ...own, method: 'post', handle: (request) => save(site, request) }),
  ];
}

async function ask(
  site: Site,
  { visitor }: RouteRequest<undefined>,
  entered?: Entered,
  errors: Errors = {},
): Promise<Reply> {
  const { user } = visitor;
  const people = await site.host.store.accounts.list();
  const { from = '', until = '', substitute = '' } = entered ?? user?.away ?? {};
  const day = (name: 'from' | 'until', label: string, value: string): ChangeField => ({
    ...{ id: name, name, label, value, hint: 'For example 2027-03-14' },
    ...(errors[name] === undefined ? {} : { error: errors[name] }),
  });
  const page = changePage({
    area: 'inbox',
    backHref: paths.inbox(),
    backText: 'Inbox',
    heading: 'Out of office',
    lead: 'While you are away, new tasks that are for you go to whoever stands in for you, who can also take those that you have. Nobody is picked who is away. Leave all fields empty when you are back.',
    consequences: [],
    action: paths.absence,
    fields: [
      day('from', 'First day', from),
      day('until', 'Last day', until),
      {
        id: 'substitute',
        name: 'substitute',
        label: 'Who stands in for you?',
        value: substitute,
        options: [
          { value: '', label: 'Nobody: new tasks wait for me' },
          ...colleagues(people, user),
        ],
        ...(errors.substitute === undefined ? {} : { error: errors.substitute }),
      },
    ],
    button: 'Save',
  });
  return show(site, visitor, page, Object.keys(errors).length === 0 ? 200 : 422);
}

function colleagues(
  people: readonly User[],
  user: User | undefined,
): readonly { readonly value: string; readonly label: string }[] {
  return people
    .filter(({ id, leftAt }) => id !== user?.id && leftAt === undefined)
    .map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }));
}

async function save(site: Site, request: RouteRequest<undefined>): Promise<Reply> {
  const { user } = request.visitor;
  if (user === undefined) return redirect(paths.signIn);
  const { accounts } = site.host.store;
  const given = new Map(request.fields);
  const entered: Entered = {
    from: (given.get('from') ?? '').trim(),
    until: (given.get('until') ?? '').trim(),
    substitute: given.get('substitute') ?? '',
  };
  const known = colleagues(await accounts.list(), user).map(({ value }) => value);
  const errors = errorsIn(entered, known);
  if (Object.keys(errors).length > 0) return ask(site, request, entered, errors);
  await accounts.change(user.id, { away: absenceOf(entered) });
  return redirect(paths.inbox());
}

function errorsIn({ from, until, substitute }: Entered, known: readonly string[]): Errors {
  if (from === '' && until === '') return {};
  const day = 'Write the day like 2027-03-14.';
  const before = 'The last day cannot be before the first.';
  const untilError = isDay(until) ? (until < from ? before : undefined) : day;
  return {
    ...(isDay(from) ? {} : { from: day }),
    ...(untilError === undefined ? {} : { until: untilError }),
    ...(substitute === '' || known.includes(substitute)
      ? {}
      : { substitute: 'Choose one of those listed.' }),
  };
}

function absenceOf({ from, until, substitute }: Entered): Absence | null {
  if (from === '') return null;
  return { from, until, ...(substitute === '' ? {} : { substitute }) };
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    new Date(time).getTime() === time &&
    new Date(time).toISOString().startsWith(text)
  );
}
