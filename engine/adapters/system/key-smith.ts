import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  scrypt,
  sign,
} from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { TrellisError } from '../../kernel/errors.ts';
import type { KeySmith } from '../../ports/approval-keys.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP's first choice for scrypt: 128 MiB, about 300 ms. A signature is rare. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const CIPHER = 'aes-256-gcm';
const SALT = 16;
const NONCE = 12;
const TAG = 16;
const FORMAT = 'scrypt-17-8-1';

/**
 * Creates the smith of Ed25519 keys. A private key is sealed with AES-256-GCM under a key that
 * scrypt makes of the passphrase: `scrypt-17-8-1.` and base64url of salt, nonce, tag and content.
 */
export function createKeySmith(): KeySmith {
  return {
    make: async (passphrase) => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const { x } = publicKey.export({ format: 'jwk' });
      const content = privateKey.export({ format: 'der', type: 'pkcs8' });
      return { key: x ?? '', sealed: await seal(content, passphrase) };
    },
    sign: async (sealed, passphrase, text) => {
      const content = await open(sealed, passphrase);
      const key = createPrivateKey({ key: content, format: 'der', type: 'pkcs8' });
      return sign(null, Buffer.from(text), key).toString('base64url');
    },
  };
}

async function seal(content: Buffer, passphrase: string): Promise<string> {
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const cipher = createCipheriv(CIPHER, await keyOf(passphrase, salt), nonce);
  const closed = Buffer.concat([cipher.update(content), cipher.final()]);
  const whole = Buffer.concat([salt, nonce, cipher.getAuthTag(), closed]);
  return `${FORMAT}.${whole.toString('base64url')}`;
}

async function open(sealed: string, passphrase: string): Promise<Buffer> {
  const [format, text = ''] = sealed.split('.');
  const whole = Buffer.from(text, 'base64url');
  if (format !== FORMAT || whole.length <= SALT + NONCE + TAG) throw wrong();
  const salt = whole.subarray(0, SALT);
  const nonce = whole.subarray(SALT, SALT + NONCE);
  const tag = whole.subarray(SALT + NONCE, SALT + NONCE + TAG);
  const decipher = createDecipheriv(CIPHER, await keyOf(passphrase, salt), nonce);
  decipher.setAuthTag(tag);
  const first = decipher.update(whole.subarray(SALT + NONCE + TAG));
  try {
    return Buffer.concat([first, decipher.final()]);
  } catch {
    // The tag does not fit: whatever else may be the cause, the passphrase did not open it.
    throw wrong();
  }
}

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return derive(passphrase.normalize('NFKC'), salt, 32, { ...COST, maxmem: 256 * COST.N * COST.r });
}

function wrong(): TrellisError {
  return new TrellisError(
    'wrong-passphrase',
    'The passphrase does not open the key. Enter the one that the key was made with.',
  );
}
