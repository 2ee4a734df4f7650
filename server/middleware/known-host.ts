import type { RequestHandler } from 'express';
import { TrellisError } from '../../engine/index.ts';

/** Answers only under the address that it was given, so that no link can be made for another one. */
export function knownHost(publicUrl: string): RequestHandler {
  const { host } = new URL(publicUrl);
  return (request, _response, next) => {
    const asked = request.get('host')?.toLowerCase();
    if (asked === host || isHealthCheck(request.path)) {
      next();
      return;
    }
    next(
      new TrellisError(
        'unknown-host',
        `This host answers as ${host}. Set TRELLIS_PUBLIC_URL to the address that people use.`,
      ),
    );
  };
}

/** Load balancers ask by address. */
function isHealthCheck(path: string): boolean {
  return path === '/healthz' || path === '/readyz';
}
