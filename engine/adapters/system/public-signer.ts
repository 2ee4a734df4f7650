import { createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';
import type { PublicSigner } from '../../ports/signer.ts';

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/**
 * Creates what signs checkpoints from the content of a host's key file: hosts with the same file sign
 * by the same key, and there is no second file to keep.
 */
export function createCheckpointSigner(keyFile: Uint8Array): PublicSigner {
  const seed = Buffer.from(hkdfSync('sha256', keyFile, '', 'trellis/checkpoint', SEED_BYTES));
  const own = createPrivateKey({ key: Buffer.concat([DER, seed]), format: 'der', type: 'pkcs8' });
  const { x: key = '' } = createPublicKey(own).export({ format: 'jwk' });
  return { key, sign: (text) => sign(null, Buffer.from(text), own).toString('base64url') };
}
