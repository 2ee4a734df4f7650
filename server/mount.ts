import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseCookie } from 'cookie';
import express from 'express';
import type { Express, Request, Response } from 'express';
import { TrellisError, authorize } from '../engine/index.ts';
import { BODY_LIMIT } from './admission/admission.ts';
import type { Admitted } from './admission/admitted.ts';
import { admittedOf } from './admission/admitted.ts';
import { readInTime } from './admission/read-in-time.ts';
import { FORM, wrongMedia } from './errors/wrong-media.ts';
import { sessionOf } from './middleware/sessions.ts';
import type { Visitor } from './middleware/visitor.ts';
import { ANONYMOUS } from './middleware/visitor.ts';
import type { CookieChange, Reply } from './routes/reply.ts';
import type { Route, RouteRequest } from './routes/route.ts';

const MOST_FIELDS = 2_000;
const UPLOAD = 'multipart/form-data';

interface MountOptions {
  readonly secureCookies: boolean;
  readonly sameOrigin: express.RequestHandler;
}

/** Mounts routes; every one of them passes `authorize` before it is handled. */
export function mountRoutes(app: Express, routes: readonly Route[], options: MountOptions): void {
  for (const one of routes) {
    const origin = one.fromAnywhere === true ? [] : [options.sameOrigin];
    app[one.method](one.path, ...origin, bodyReader(one), async (request, response) => {
      const admitted = admittedOf(response);
      const answer = async (): Promise<void> => {
        const reply = await replyOf(one, requestOf(request, response));
        if (reply.kind === 'download') await sendFile(response, reply, admitted);
        else write(response, reply, options.secureCookies);
      };
      await (admitted === undefined ? answer() : admitted.handle(answer));
    });
  }
}

async function replyOf(one: Route, bare: RouteRequest<undefined>): Promise<Reply> {
  const loaded = await one.load(bare);
  const actor = one.actor?.(loaded, bare) ?? bare.visitor.actor;
  const decision = authorize(actor, one.action, one.subject(loaded, bare) as never);
  if (!decision.allowed) {
    throw new TrellisError('not-allowed', decision.reason, { code: decision.code });
  }
  return one.handle({ ...bare, subject: loaded });
}

function bodyReader(one: Route): express.RequestHandler {
  if (one.body === 'raw') {
    return readInTime(express.raw({ type: () => true, limit: BODY_LIMIT }));
  }
  if (one.method === 'get') {
    return (_request, _response, next) => {
      next();
    };
  }
  // Kept as text, so that fields keep their order and names are read by nobody but the form.
  const read = readInTime(express.text({ type: FORM, limit: BODY_LIMIT }));
  return (request, response, next) => {
    // Without a body `is` says null, not false.
    if (one.takesFiles === true && isUpload(request)) {
      admittedOf(response)?.rest();
      next();
    } else if (request.is(FORM) === false) next(wrongMedia());
    else read(request, response, next);
  };
}

/** Such a body is read by the handler, once it is known who sends it and for what. */
function isUpload(request: Request): boolean {
  return typeof request.is(UPLOAD) === 'string';
}

function requestOf(request: Request, response: Response): RouteRequest<undefined> {
  const locals = response.locals as { visitor?: Visitor };
  const body: unknown = request.body;
  return {
    parameters: firstValues(request.params),
    query: firstValues(request.query),
    fields: typeof body === 'string' ? fieldsOf(body) : [],
    cookies: parseCookie(request.headers.cookie ?? ''),
    raw: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    visitor: locals.visitor ?? {
      actor: { kind: 'public' },
      author: ANONYMOUS,
      address: request.ip ?? '',
    },
    ...(isUpload(request) ? { upload: request } : {}),
    session: sessionOf(request),
    subject: undefined,
  };
}

function fieldsOf(body: string): readonly (readonly [string, string])[] {
  const fields = [...new URLSearchParams(body)];
  if (fields.length > MOST_FIELDS) {
    throw new TrellisError(
      'too-large',
      `The form has ${fields.length} fields; at most ${MOST_FIELDS} are taken.`,
    );
  }
  return fields;
}

function firstValues(values: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return [name, typeof first === 'string' ? first : ''];
    }),
  );
}

function write(
  response: Response,
  reply: Exclude<Reply, { readonly kind: 'download' }>,
  secure: boolean,
): void {
  switch (reply.kind) {
    case 'page':
      setCookies(response, reply.cookies ?? [], secure);
      response
        .status(reply.status ?? 200)
        .set('cache-control', 'no-store')
        // In a header it needs no script.
        .set(reply.refresh === undefined ? {} : { refresh: String(reply.refresh) })
        .type('html')
        .send(reply.html);
      break;
    case 'redirect':
      setCookies(response, reply.cookies ?? [], secure);
      response.set('cache-control', 'no-store').redirect(303, reply.to);
      break;
    case 'json':
      response
        .status(reply.status ?? 200)
        .set('cache-control', 'no-store')
        .json(reply.body);
      break;
    case 'content':
      response
        .set(
          'cache-control',
          reply.forever === true ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
        .type(reply.type)
        .send(reply.body);
      break;
  }
}

/** What somebody else uploaded is never shown on our pages, whatever it says it is. */
async function sendFile(
  response: Response,
  { file, content }: Extract<Reply, { readonly kind: 'download' }>,
  admitted: Admitted | undefined,
): Promise<void> {
  admitted?.rest();
  response
    .attachment(file.name)
    .set('content-type', file.type)
    .set('content-length', String(file.size))
    .set('cache-control', 'private, no-store')
    .set('x-content-type-options', 'nosniff')
    .set('content-security-policy', "default-src 'none'; sandbox");
  await pipeline(Readable.from(content), response);
}

function setCookies(response: Response, cookies: readonly CookieChange[], secure: boolean): void {
  for (const { name, value, path, life } of cookies) {
    const attributes = { httpOnly: true, sameSite: 'lax', secure, path } as const;
    if (value === null) response.clearCookie(name, attributes);
    else
      response.cookie(
        name,
        value,
        life === undefined ? attributes : { ...attributes, maxAge: life },
      );
  }
}
