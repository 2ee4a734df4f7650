import { parseSetCookie, stringifyCookie } from 'cookie';
import { request } from 'undici';

/** What a host answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Where a redirect leads. */
  readonly location: string;
  readonly text: string;
}

/** A posted form, its fields in their order. */
export type Fields = readonly (readonly [string, string])[];

type Headers = Readonly<Record<string, string>>;

/** Somebody who visits a host with a browser's cookies and nothing else of a browser. */
export interface Visitor {
  get(path: string, headers?: Headers): Promise<Answer>;
  /** Posts a form as a page of the host would. */
  post(path: string, fields?: Fields, headers?: Headers): Promise<Answer>;
  /** Sends any body at all. */
  send(path: string, body: string | Uint8Array, headers: Headers): Promise<Answer>;
}

/** What a browser asks for. */
const PAGES: Headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** Makes a visitor without any cookies yet. */
export function createVisitor(origin: string): Visitor {
  const cookies = new Map<string, Cookie>();
  const keep = (line: string): void => {
    const { name, value = '', path = '/', expires, maxAge } = parseSetCookie(line);
    const gone = (expires !== undefined && expires.getTime() <= Date.now()) || maxAge === 0;
    if (gone) cookies.delete(`${path} ${name}`);
    else cookies.set(`${path} ${name}`, { name, value, path });
  };
  const cookieFor = (path: string): Headers => {
    const { pathname } = new URL(path, origin);
    const fitting = [...cookies.values()].filter((cookie) => isBelow(pathname, cookie.path));
    if (fitting.length === 0) return {};
    const values = Object.fromEntries(fitting.map(({ name, value }) => [name, value]));
    return { cookie: stringifyCookie(values) };
  };
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    headers: Headers,
    body?: string | Uint8Array,
  ): Promise<Answer> => {
    const answer = await request(`${origin}${path}`, {
      method,
      headers: { ...cookieFor(path), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const { location, 'set-cookie': set = [] } = answer.headers;
    for (const line of [set].flat()) keep(line);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      location: typeof location === 'string' ? location : '',
      text: await answer.body.text(),
    };
  };
  return {
    get: (path, headers = {}) => ask('GET', path, { ...PAGES, ...headers }),
    post: (path, fields = [], headers = {}) =>
      ask(
        'POST',
        path,
        {
          ...PAGES,
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
        new URLSearchParams(
          fields.map(([name, value]): [string, string] => [name, value]),
        ).toString(),
      ),
    send: (path, body, headers) => ask('POST', path, headers, body),
  };
}

function isBelow(pathname: string, cookiePath: string): boolean {
  return (
    pathname === cookiePath || pathname.startsWith(cookiePath === '/' ? '/' : `${cookiePath}/`)
  );
}
