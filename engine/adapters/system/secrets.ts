import { TrellisError } from '../../kernel/errors.ts';
import type { Secrets } from '../../ports/signer.ts';

/** Creates the secrets that the host's configuration gives, by name. */
export function createSecrets(values: Readonly<Record<string, string>>): Secrets {
  return {
    get: (name) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value !== undefined) return value;
      throw new TrellisError(
        'secret-missing',
        `The secret "${name}" is not set. Set it in the configuration of this host.`,
        { name },
      );
    },
  };
}
