import { expect } from 'chai';
import { UPGRADE_FILE } from '../../engine/index.ts';
import { until } from '../until.ts';
import { PASSPHRASE, withKey } from './propose-name.ts';
import type { RunningHost } from './with-host.ts';

const CUSTOMER = 'types/Customer.yaml';
const POLICIES = 'policies.yaml';

/**
 * Releases that the VAT number is called the tax number and that every customer has one. The bundled
 * workflow may stay behind for a time, and `fill` is what earlier customers have got; answers the release.
 */
export async function releaseRenaming({ host }: RunningHost, fill: string): Promise<string> {
  const { proposals, store } = host;
  const base = await store.registry.newestRelease();
  const files = base?.files ?? {};
  const upgrade = `from: '${base?.release ?? ''}'
behind: { until: '2027-12-31', workflows: [online-quote] }
backfill:
  - { type: Customer, field: taxId, set: '"${fill}"' }
`;
  const { number, digest } = await proposals.propose(await withKey({ host }, 'ian'), {
    ...{ title: 'The tax number', why: 'The tax office asks for it.', passphrase: PASSPHRASE },
    base: base?.release ?? '',
    change: {
      [CUSTOMER]: (files[CUSTOMER] ?? '')
        .replace('version: 1', 'version: 2')
        .replace('required: [id, legalName]', 'required: [id, legalName, taxId]')
        .replace('vatNo:\n      type: string', 'taxId:\n      type: string\n      x-alias: vatNo'),
      [POLICIES]: (files[POLICIES] ?? '').replaceAll('Customer.vatNo', 'Customer.taxId'),
      [UPGRADE_FILE]: upgrade,
    },
  });
  for (const who of ['iris', 'ada']) {
    const signed = { digest, passphrase: PASSPHRASE };
    await proposals.approve(number, await withKey({ host }, who), signed);
  }
  const { proposal } = await proposals.look(number);
  expect(proposal.status).to.equal('released');
  await until('the release in force', () => host.core.core.types.get('Customer')?.version === 2);
  return proposal.release;
}
