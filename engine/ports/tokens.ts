/**
 * Leave to use the API, for a program or in the name of a person: the token is shown once, and only
 * its hash is stored.
 */
export interface ApiToken {
  readonly id: string;
  /** What people call the program, or what the person uses it for. */
  readonly name: string;
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  /** The workflows that a program may start, look at and send events to; none for a person's. */
  readonly workflows: readonly string[];
  /** The id of the account in whose name it acts. (Default: it is a program's) */
  readonly person?: string;
  readonly createdAt: number;
  /** From then on it opens nothing. */
  readonly revokedAt?: number;
}

/** The programs and people that may use the API. */
export interface ApiTokens {
  /** Adds a token; answers false when its id or hash is taken. */
  add(token: ApiToken): Promise<boolean>;
  byHash(hash: string): Promise<ApiToken | undefined>;
  /** All, revoked ones too, oldest first. */
  list(): Promise<readonly ApiToken[]>;
  /** Revokes a token; answers false when there is none that is not revoked. */
  revoke(id: string, at: number): Promise<boolean>;
}
