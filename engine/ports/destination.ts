/**
 * Where the systems behind the connectors are. A manifest names a destination; what it is belongs
 * to the environment, never to the core or to an author.
 */

/** A text of the environment, or the name of a secret, with what stands before it (`Bearer `). */
export type SecretText = string | { readonly secret: string; readonly prefix?: string };

interface Reachable {
  /**
   * Exact networks and ports that may be reached, as in `10.1.0.0/16:443`; nothing else is then.
   * (Default: every public unicast address) Metadata addresses never are.
   */
  readonly allow?: readonly string[];
}

export interface HttpDestination extends Reachable {
  readonly kind: 'http';
  /** `http:` or `https:`, without query; operations' paths are appended to it. */
  readonly baseUrl: string;
  /** Headers of every request, by name. */
  readonly headers?: Readonly<Record<string, SecretText>>;
}

/** A database that is read. The account should have no other rights; we ask for read-only as well. */
export type SqlDestination =
  | { readonly kind: 'sql'; readonly client: 'sqlite3'; readonly file: string }
  | { readonly kind: 'sql'; readonly client: 'pg'; readonly url: SecretText };

export interface MailDestination extends Reachable {
  readonly kind: 'mail';
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` or nothing sent, or `none` (loopback only). */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string;
  readonly password?: SecretText;
  readonly from: { readonly name: string; readonly address: string };
}

export type Destination = HttpDestination | SqlDestination | MailDestination;

/** Destinations by name. */
export type Destinations = ReadonlyMap<string, Destination>;

/** An address that was looked up, checked, and may be connected to. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * Looks a host up and answers the address to connect to.
 * @throws `TrellisError` with code `address-refused` when it may not be reached.
 */
export type CheckAddress = (host: string, port: number) => Promise<CheckedAddress>;
