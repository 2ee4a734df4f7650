import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { KeySmith } from '../../../engine/ports/approval-keys.ts';

/** Makes a smith whose keys are real, and whose seal takes no time: the passphrase stands beside the key. */
export function createFakeSmith(): KeySmith {
  return {
    make: (passphrase) => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const { x = '' } = publicKey.export({ format: 'jwk' });
      const content = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
      return Promise.resolve({ key: x, sealed: `${passphrase}|${content}` });
    },
    sign: (sealed, passphrase, text) => {
      const [expected, content = ''] = sealed.split('|');
      if (expected !== passphrase)
        return Promise.reject(new TrellisError('wrong-passphrase', 'The passphrase is wrong.'));
      const bytes = Buffer.from(content, 'base64');
      const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
      return Promise.resolve(sign(null, Buffer.from(text), key).toString('base64url'));
    },
  };
}
