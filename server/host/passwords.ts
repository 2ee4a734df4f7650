import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** What makes a hash costly: see RFC 7914. */
interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's parameters for interactive sign-in: 64 MiB, about 100 ms. */
const COST: Cost = { N: 2 ** 16, r: 8, p: 1 };
const LENGTH = 32;

/**
 * For a password that this machine made up: of more than 80 random bits none is ever guessed, however
 * little a guess costs. What people think of needs the other. How long the answer takes tells that there is
 * such an account: the demo's are named on its sign-in page.
 */
export const FOR_MADE_UP: Cost = { N: 2 ** 10, r: 8, p: 1 };

/** The form of a hashed password that no password is; to verify against it takes as long. */
export const NO_PASSWORD = written(Buffer.alloc(16), Buffer.alloc(LENGTH));

/**
 * Hashes a password with a salt of its own; the answer carries the parameters.
 * @param cost - (Default: what OWASP asks for, for passwords that people think of)
 */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, LENGTH, optionsOf(cost));
  return written(salt, key, cost);
}

/** Tells whether a password is the one that was hashed; takes as long for a wrong one. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derive(
    password.normalize('NFKC'),
    Buffer.from(salt, 'base64'),
    expected.length,
    optionsOf(cost),
  );
  return timingSafeEqual(found, expected);
}

function written(salt: Buffer, key: Buffer, { N, r, p }: Cost = COST): string {
  return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
}

function optionsOf(cost: Cost): ScryptOptions {
  return { ...cost, maxmem: 256 * cost.N * cost.r };
}
