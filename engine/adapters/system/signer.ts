import { createHmac, hkdfSync } from 'node:crypto';
import { TrellisError } from '../../kernel/errors.ts';
import type { Signer } from '../../ports/signer.ts';

const KEY_BYTES = 32;

/**
 * Creates the signer of a host from the content of its key file. Each purpose has its own key,
 * derived by HKDF-SHA-256, so that what is signed for one means nothing for another.
 *
 * @throws `TrellisError` with code `key-too-short` for fewer than 32 bytes.
 */
export function createSigner(key: Uint8Array): Signer {
  if (key.length < KEY_BYTES) {
    throw new TrellisError(
      'key-too-short',
      `The key has ${key.length} bytes; at least ${KEY_BYTES} random bytes are needed. ` +
        'Make one with: head -c 32 /dev/urandom > trellis.key',
      { bytes: key.length, expected: KEY_BYTES },
    );
  }
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    const known = keys.get(purpose);
    if (known) return known;
    const derived = Buffer.from(hkdfSync('sha256', key, '', `trellis/${purpose}`, KEY_BYTES));
    keys.set(purpose, derived);
    return derived;
  };
  return {
    sign: (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest('base64url'),
  };
}
