import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { TrellisError } from '../kernel/errors.ts';
import type { CheckAddress, CheckedAddress } from '../ports/destination.ts';

/** Answers every address of a host. */
export type LookUp = (host: string) => Promise<readonly { readonly address: string }[]>;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/** Where clouds hand out credentials; never a connector's business, whatever is allowed. */
const METADATA = new Set(
  [
    '100.100.100.200',
    '168.63.129.16',
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '192.0.0.192',
    'fd00:ec2::23',
    'fd00:ec2::254',
    'fd20:ce::254',
  ].map((address) => ipaddr.parse(address).toNormalizedString()),
);

/**
 * Makes the check of one destination: every address that its host stands for is looked at, and the
 * first permitted one is answered, so that what was checked is what is connected to. Without
 * `allow` only public unicast addresses are permitted; with it, only what it names.
 *
 * @throws `TrellisError` with code `allow-malformed` for an entry that is not `NETWORK/BITS:PORT`.
 */
export function createAddressCheck(
  allow: readonly string[] | undefined,
  lookUp: LookUp = (host) => dnsLookup(host, { all: true }),
): CheckAddress {
  const permitted = allow?.map(readAllowed);
  return async (host, port) => {
    const name = host.replace(/^\[(.*)\]$/, '$1');
    const found = isIP(name) === 0 ? await lookUp(name) : [{ address: name }];
    for (const { address } of found) {
      const parsed = ipaddr.process(address);
      if (mayReach(parsed, port, permitted)) return checked(parsed);
    }
    throw new TrellisError(
      'address-refused',
      `The address of "${host}" (port ${port}) may not be reached. Only ${
        allow === undefined ? 'public addresses are' : `${allow.join(', ')} is`
      } permitted; whoever runs this host can name the network and port under "allow" of the destination.`,
      { host, port },
    );
  };
}

interface Allowed {
  readonly network: Network;
  readonly port: number;
}

function readAllowed(entry: string): Allowed {
  const [, network = '', port = ''] = /^(.+\/\d{1,3}):(\d{1,5})$/.exec(entry) ?? [];
  if (!ipaddr.isValidCIDR(network) || Number(port) > 65_535) {
    throw new TrellisError(
      'allow-malformed',
      `"${entry}" is not a network and a port. Expected for example 127.0.0.1/32:9401 or fd12::/16:443.`,
      { entry },
    );
  }
  return { network: ipaddr.parseCIDR(network), port: Number(port) };
}

function mayReach(
  address: Address,
  port: number,
  permitted: readonly Allowed[] | undefined,
): boolean {
  if (METADATA.has(address.toNormalizedString())) return false;
  if (permitted === undefined) return address.range() === 'unicast';
  return permitted.some((allowed) => allowed.port === port && inside(address, allowed.network));
}

function inside(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

function checked(address: Address): CheckedAddress {
  return { address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 };
}
