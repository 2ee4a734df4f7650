import { buildConnector } from 'undici';
import { TrellisError } from '../../kernel/errors.ts';
import type { CheckAddress } from '../../ports/destination.ts';

/**
 * Makes undici connect to checked addresses only. The check is made for each connection and the
 * answered address is the one connected to, so that a name cannot change in between; certificates
 * are still held against the name.
 */
export function checkedConnect(check: CheckAddress): buildConnector.connector {
  const connect = buildConnector({ allowH2: false });
  return (options, callback) => {
    const { hostname, protocol, port } = options;
    const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
    check(hostname, number).then(
      ({ address }) => {
        const servername = options.servername ?? hostname;
        connect({ ...options, hostname: address, servername }, callback);
      },
      (error: unknown) => {
        callback(
          error instanceof Error ? error : new TrellisError('no-address', String(error)),
          null,
        );
      },
    );
  };
}
