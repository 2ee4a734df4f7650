import { STATUS_CODES } from 'node:http';
import express from 'express';
import type { ErrorRequestHandler, Express } from 'express';
import { TrellisError } from '../engine/index.ts';
import { admission } from './admission/admission.ts';
import type { Failure } from './errors/status-of.ts';
import { failureOf } from './errors/status-of.ts';
import { knownHost } from './middleware/known-host.ts';
import { sameOrigin } from './middleware/same-origin.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { sessions } from './middleware/sessions.ts';
import type { Visitor } from './middleware/visitor.ts';
import { visitorOf } from './middleware/visitor.ts';
import { mountRoutes } from './mount.ts';
import { allRoutes } from './routes/all-routes.ts';
import type { Site } from './routes/site.ts';
import { show } from './routes/site.ts';
import type { ErrorStatus } from './views/pages/error-page.ts';
import { ERROR_STATUSES, errorPage } from './views/pages/error-page.ts';
import { paths, withQuery } from './views/paths.ts';

/** Makes the web application of a host. */
export function createApp(site: Site): Express {
  const { host } = site;
  const publicUrl = host.publicUrl();
  const secure = publicUrl.startsWith('https:');
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', host.settings.trustProxy);
  app.set('etag', false);
  // Names with brackets stay names; nothing is built from them.
  app.set('query parser', 'simple');
  app.use(securityHeaders(publicUrl));
  app.use(knownHost(publicUrl));
  app.use(admission({ requests: host.settings.mostRequests }));
  app.use(
    ...sessions({
      store: host.store,
      clock: host.clock,
      secret: host.signer.sign('cookie', 'session'),
      secure,
    }),
  );
  mountRoutes(app, allRoutes(site), {
    secureCookies: secure,
    sameOrigin: sameOrigin(new URL(publicUrl).origin),
  });
  app.use((_request, _response, next) => {
    next(new TrellisError('no-page', 'There is no page at this address.'));
  });
  app.use(answerFailure(site));
  return app;
}

/** Express knows an error handler by its four parameters. */
function answerFailure(site: Site): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const failure = failureOf(error);
    logFault(site, failure, error, request.method);
    const locals = response.locals as { visitor?: Visitor };
    const visitor = locals.visitor ?? visitorOf(undefined, request.ip ?? '');
    if (mustSignIn(error) && request.method === 'GET') {
      response.redirect(303, withQuery(paths.signIn, { returnTo: request.originalUrl }));
      return;
    }
    response.status(failure.status).set('cache-control', 'no-store');
    if (failure.retryAfter !== undefined) response.set('retry-after', String(failure.retryAfter));
    const { status, code, message } = failure;
    if (request.path.startsWith('/api/')) {
      if (status === 401) response.set('www-authenticate', 'Bearer');
      response.type('application/problem+json').send(JSON.stringify(problemOf(failure, error)));
      return;
    }
    // A browser asks for HTML; a program that asks for anything is given what it can read.
    if (request.accepts(['json', 'html']) === 'json') {
      response.json({ code, message });
      return;
    }
    const reply = show(site, visitor, errorPage({ status: errorStatus(status), message }), status);
    response.type('html').send(reply.kind === 'page' ? reply.html : message);
  };
}

/** What the client did is its own business; what we did wrong is logged. */
function logFault({ host }: Site, failure: Failure, error: unknown, method: string): void {
  if (failure.status < 500 || failure.retryAfter !== undefined) return;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.log.error('a request failed', { method, error: text });
}

/** The page for a status; rare ones are shown as the plain 400. */
function errorStatus(status: number): ErrorStatus {
  return ERROR_STATUSES.find((known) => known === status) ?? 400;
}

function mustSignIn(error: unknown): boolean {
  return (
    error instanceof TrellisError &&
    error.code === 'not-allowed' &&
    error.data['code'] === 'sign-in'
  );
}

/** A failure as programs read it (RFC 9457), with the place of each value or line that does not fit. */
function problemOf({ status, code, message }: Failure, error: unknown): object {
  const data = error instanceof TrellisError ? error.data : {};
  const errors = data['errors'] ?? data['problems'];
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    ...(Array.isArray(errors) && errors.length > 0 ? { errors: errors as unknown[] } : {}),
  };
}
