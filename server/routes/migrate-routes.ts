import { TrellisError, changedStates } from '../../engine/index.ts';
import type { Definition } from '../../engine/index.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { migratePage } from '../views/pages/migrate-page.ts';
import { paths } from '../views/paths.ts';
import { namesOf, plainText } from '../views/texts/names.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

/** The newest versions that can be chosen. */
const VERSIONS = 20;
/** What stands before the name of a state in the fields of a mapping. */
const MAP = 'map:';

/** Preparing to take the running cases of a workflow to another version. */
export function migrateRoutes(site: Site): readonly Route[] {
  const asked = {
    path: '/workflows/:name/migrate',
    action: 'case.change',
    load: ({ parameters }: RouteRequest<undefined>) =>
      site.host.catalogue.newest(parameters['name'] ?? ''),
    subject: () => ({}),
  } as const;
  return [
    route({ ...asked, method: 'get', handle: (request) => ask(site, request) }),
    route({ ...asked, method: 'post', handle: (request) => prepare(site, request) }),
  ];
}

async function prepare(
  site: Site,
  { subject, visitor, fields }: RouteRequest<Definition>,
): Promise<Reply> {
  const given = new Map(fields);
  const workflow = subject.published.name;
  const [to, from] = [versionIn(given.get('to')), versionIn(given.get('from'))];
  const mapping = Object.fromEntries(
    fields.flatMap(([name, state]) =>
      name.startsWith(MAP) && state !== '' ? [[name.slice(MAP.length), state]] : [],
    ),
  );
  const id = await site.host.engine.bulk.prepare({
    change: { kind: 'migrate', workflow, to: to ?? subject.published.version, mapping },
    selection: { kind: 'filter', filter: from === undefined ? {} : { version: from } },
    actor: visitor.author,
  });
  return redirect(paths.operation(id));
}

async function ask(
  site: Site,
  { subject, visitor, query }: RouteRequest<Definition>,
): Promise<Reply> {
  const { published, compiled } = subject;
  const { name } = published;
  const to = versionIn(query['to']) ?? published.version;
  const from = versionIn(query['from']);
  const other = await site.host.catalogue.version(name, to);
  const page = migratePage({
    name,
    title: plainText(compiled.workflow.title) ?? name,
    from: versionField('from', 'From version', from, published.version, 'All others'),
    to: versionField('to', 'To version', to, published.version),
    mapping: mappingFields(
      await running(site, name, { from, to }),
      other,
      await site.host.upgrades.statesUnder(other.published.release, name),
    ),
    hidden: [
      { name: 'to', value: String(to) },
      { name: 'from', value: from === undefined ? '' : String(from) },
    ],
  });
  return show(site, visitor, page);
}

/** The versions that have cases, of those that cases are taken from. */
async function running(
  { host }: Site,
  name: string,
  { from, to }: { readonly from: number | undefined; readonly to: number },
): Promise<readonly Definition[]> {
  const { published } = await host.catalogue.newest(name);
  const versions = versionsUpTo(published.version).filter((one) => one !== to);
  const found = await Promise.all(
    versions
      .filter((version) => version === (from ?? version))
      .map(async (version) => {
        const { rows } = await host.store.worklist.cases({ workflow: name, version }, undefined, 1);
        return rows.length === 0 ? [] : [await host.catalogue.version(name, version)];
      }),
  );
  return found.flat();
}

function mappingFields(
  versions: readonly Definition[],
  { compiled: other }: Definition,
  suggested: ReadonlyMap<string, string>,
): readonly ChangeField[] {
  const theirs = namesOf(other.workflow);
  const options = [...other.states.values()]
    .filter(({ id }) => id !== '')
    .map(({ id }) => ({ value: id, label: `${theirs.state(id)} (${id})` }));
  const titles = new Map(
    versions.flatMap(({ compiled }): (readonly [string, string])[] => {
      const names = namesOf(compiled.workflow);
      return changedStates(compiled, other).map((id) => [id, names.state(id)]);
    }),
  );
  return [...titles].map(([id, title], index) => ({
    id: `map-${index + 1}`,
    name: `${MAP}${id}`,
    label: `${title} (${id})`,
    value: suggested.get(id) ?? '',
    options: [{ value: '', label: 'Cases that are here stay on their version' }, ...options],
  }));
}

function versionField(
  name: string,
  label: string,
  chosen: number | undefined,
  newest: number,
  all?: string,
): ChangeField {
  return {
    id: name,
    name,
    label,
    value: chosen === undefined ? '' : String(chosen),
    options: [
      ...(all === undefined ? [] : [{ value: '', label: all }]),
      ...versionsUpTo(newest).map((one) => ({ value: String(one), label: `Version ${one}` })),
    ],
  };
}

/** The newest versions, newest first. */
function versionsUpTo(newest: number): readonly number[] {
  return Array.from({ length: Math.min(newest, VERSIONS) }, (_one, index) => newest - index);
}

function versionIn(text = ''): number | undefined {
  if (text === '') return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new TrellisError('bad-request', `"${text}" is not the number of a version.`);
}
