import { compareReleases } from '../../ports/registry.ts';
import type {
  CoreRelease,
  PublishedWorkflow,
  Registry,
  ReleaseHead,
} from '../../ports/registry.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createRegistry(tables: Tables): Registry {
  const newest = (name: string): PublishedWorkflow | undefined =>
    tables.workflows.get(name)?.at(-1);
  const newestRelease = (): CoreRelease | undefined =>
    [...tables.releases.values()].sort((a, b) => compareReleases(a.release, b.release)).at(-1);
  return {
    newestRelease: () => Promise.resolve(newestRelease()),
    newestReleaseName: () => Promise.resolve(newestRelease()?.release),
    release: (name) => Promise.resolve(tables.releases.get(name)),
    releases: (limit, before) => {
      const older = [...tables.releases.values()]
        .filter(({ release }) => before === undefined || compareReleases(release, before) < 0)
        .sort((a, b) => compareReleases(b.release, a.release))
        .slice(0, limit);
      return Promise.resolve(older.map(headOf));
    },
    published: () => {
      const names = [...tables.workflows.keys()].sort(byText);
      return Promise.resolve(names.flatMap((name) => newest(name) ?? []));
    },
    newestVersions: () => {
      const versions = [...tables.workflows].map(([name, { length }]) => ({
        name,
        version: length,
      }));
      return Promise.resolve(versions.sort((a, b) => (a.name < b.name ? -1 : 1)));
    },
    version: (name, version) => Promise.resolve(tables.workflows.get(name)?.[version - 1]),
  };
}

function headOf({ release, digest, createdAt, signed }: CoreRelease): ReleaseHead {
  return { release, digest, createdAt, ...(signed === undefined ? {} : { signed }) };
}
