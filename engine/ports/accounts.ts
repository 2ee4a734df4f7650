/** When somebody is out of office, and who stands in for them. */
export interface Absence {
  /** The first and the last day, as ISO dates in the company's zone. */
  readonly from: string;
  readonly until: string;
  /** The id of whoever gets their tasks meanwhile. */
  readonly substitute?: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  /** An encoded scrypt hash with its parameters and salt. */
  readonly password: string;
  readonly createdAt: number;
  readonly away?: Absence;
  /** When they left (epoch milliseconds): they can do nothing any more, and get nothing. */
  readonly leftAt?: number;
}

/** What may change of an account; `null` takes it away, what is absent stays. */
export interface UserChange {
  readonly away?: Absence | null;
  readonly leftAt?: number | null;
}

/** The people who may sign in. Email addresses are compared by `emailKey`. */
export interface Accounts {
  byEmail(email: string): Promise<User | undefined>;
  byId(id: string): Promise<User | undefined>;
  /** Adds a user; answers false when the email address or the id is taken. */
  add(user: User): Promise<boolean>;
  /** Changes a user; answers false where there is none. */
  change(id: string, change: UserChange): Promise<boolean>;
  count(): Promise<number>;
  /** Everybody, by email address. */
  list(): Promise<readonly User[]>;
}

/**
 * A stored value under a hashed key until it expires: sign-in sessions, unfinished forms and checks
 * that were passed.
 */
export interface KeptValue {
  /** SHA-256 of the secret that its holder has, hex. */
  readonly hash: string;
  readonly purpose: 'session' | 'draft' | 'check';
  readonly value: string;
  readonly expiresAt: number;
}

/** Values kept for whoever holds a secret. */
export interface Vault {
  /** The value, unless it expired at `now` or earlier. */
  get(purpose: KeptValue['purpose'], hash: string, now: number): Promise<KeptValue | undefined>;
  /** Stores or replaces. */
  put(value: KeptValue): Promise<void>;
  remove(purpose: KeptValue['purpose'], hash: string): Promise<void>;
  /** Removes values that expired at `now` or earlier; answers how many. */
  expire(now: number): Promise<number>;
}
