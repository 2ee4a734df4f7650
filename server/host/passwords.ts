import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP's parameters for interactive sign-in: 64 MiB, about 100 ms. */
const COST = { N: 2 ** 16, r: 8, p: 1 };
const LENGTH = 32;

/** The form of a hashed password that no password is; to verify against it takes as long. */
export const NO_PASSWORD = written(Buffer.alloc(16), Buffer.alloc(LENGTH));

/** Hashes a password with a salt of its own; the answer carries the parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, LENGTH, optionsOf(COST));
  return written(salt, key);
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

function written(salt: Buffer, key: Buffer): string {
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
}

function optionsOf(cost: typeof COST): ScryptOptions {
  return { ...cost, maxmem: 256 * cost.N * cost.r };
}
