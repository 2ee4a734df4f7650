import type { RequestHandler } from 'express';
import { TrellisError } from '../../engine/index.ts';

/**
 * Refuses posts that another site's page made: a browser says so in `Sec-Fetch-Site`, an older one
 * in `Origin`. A post with neither comes from no page.
 */
export function sameOrigin(publicOrigin: string): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      next();
      return;
    }
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const foreign =
      site === undefined
        ? origin !== undefined && origin !== publicOrigin
        : site !== 'same-origin' && site !== 'none';
    if (!foreign) {
      next();
      return;
    }
    next(
      new TrellisError(
        'cross-site',
        'This form was sent from another site. Nothing was changed; open the page here and send it again.',
      ),
    );
  };
}
