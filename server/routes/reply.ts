import type { FileValue } from '../../engine/index.ts';

/** What a route answers; the mount writes it to the wire. */
export type Reply =
  | {
      readonly kind: 'page';
      readonly status?: number;
      readonly html: string;
      /** After how many seconds the browser asks for it again. (Default: never) */
      readonly refresh?: number;
      readonly cookies?: readonly CookieChange[];
    }
  | {
      readonly kind: 'redirect';
      /** A path on this host. */
      readonly to: string;
      readonly cookies?: readonly CookieChange[];
    }
  | { readonly kind: 'json'; readonly status?: number; readonly body: unknown }
  /** A stored file, to be saved by the browser and never shown. */
  | {
      readonly kind: 'download';
      readonly file: Pick<FileValue, 'name' | 'type' | 'size'>;
      readonly content: AsyncIterable<Uint8Array>;
    }
  | {
      readonly kind: 'content';
      readonly type: string;
      readonly body: string | Buffer;
      /** It never changes under this address. */
      readonly forever?: boolean;
    };

/** Sets a cookie (always HttpOnly, SameSite=Lax, Secure under https), or takes it away. */
export interface CookieChange {
  readonly name: string;
  /** `null` takes it away. */
  readonly value: string | null;
  readonly path: string;
  /** Milliseconds. (Default: until the browser is closed) */
  readonly life?: number;
}

export function redirect(to: string, cookies: readonly CookieChange[] = []): Reply {
  return { kind: 'redirect', to, cookies };
}

/** The same page, with a cookie beside it. */
export function withCookie(reply: Reply, cookie: CookieChange): Reply {
  return reply.kind === 'page' ? { ...reply, cookies: [...(reply.cookies ?? []), cookie] } : reply;
}
