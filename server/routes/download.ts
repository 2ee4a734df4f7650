import { TrellisError } from '../../engine/index.ts';
import type { FileValue } from '../../engine/index.ts';
import type { Reply } from './reply.ts';
import type { RouteRequest } from './route.ts';
import type { Site } from './site.ts';

/**
 * Answers a file, if it is among those that whoever asks may see.
 * @throws `TrellisError` with code `no-file`.
 */
export function download(
  { host }: Site,
  { parameters }: Pick<RouteRequest<unknown>, 'parameters'>,
  seen: readonly FileValue[],
): Reply {
  const file = seen.find(({ id }) => id === parameters['file']);
  if (file === undefined) {
    throw new TrellisError('no-file', 'There is no such file here, or it is not yours to see.');
  }
  return { kind: 'download', file, content: host.store.files.read(file.id) };
}
