import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bytesOf } from './base64url.ts';

/** DER header of an Ed25519 public key (RFC 8410); the 32 bytes of the key follow it. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** What a person has signed with their Ed25519 key (RFC 8032). */
export interface Signed {
  /** The public key: 32 bytes in base64url. */
  readonly key: string;
  /** 64 bytes in base64url. */
  readonly signature: string;
}

/** Tells whether this text was signed with the private half of the key; false for what is no key. */
export function isSigned(text: string, { key, signature }: Signed): boolean {
  const known = publicKey(key);
  const bytes = bytesOf(signature);
  if (known === undefined || bytes?.length !== SIGNATURE_BYTES) return false;
  return verify(null, Buffer.from(text), known, bytes);
}

function publicKey(key: string): KeyObject | undefined {
  const bytes = bytesOf(key);
  if (bytes?.length !== KEY_BYTES) return undefined;
  return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' });
}
