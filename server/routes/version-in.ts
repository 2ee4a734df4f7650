import { TrellisError } from '../../engine/index.ts';
import type { Definition } from '../../engine/index.ts';
import type { RouteRequest } from './route.ts';
import type { Site } from './site.ts';

/**
 * Loads the version of a workflow that an address names.
 * @throws `TrellisError` with code `no-workflow`.
 */
export function versionIn(
  { host }: Site,
  { parameters }: RouteRequest<undefined>,
): Promise<Definition> {
  const { name = '', version = '' } = parameters;
  if (!/^[1-9]\d{0,8}$/u.test(version)) {
    throw new TrellisError('no-workflow', `There is no version "${version}".`);
  }
  return host.catalogue.version(name, Number(version));
}
