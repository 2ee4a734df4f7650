import { TrellisError, coreEntry, coreOfBundle, lackingFor, readCore } from '../../engine/index.ts';
import type { BundledCore, CoreBundle, CoreEntry, CoreRelease, Store } from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { readDestinationsFile } from '../host/destinations-file.ts';
import { withPublishing } from '../host/with-publishing.ts';
import type { OpenedPublishing } from '../host/with-publishing.ts';
import type { ExitCode } from './exit-code.ts';
import { tellChange } from './file-lines.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';
import { tellVerdict } from './proposal-lines.ts';
import { readHidden } from './read-hidden.ts';

/** In whose name a release enters, and why. */
export interface Entering {
  readonly as: string;
  readonly why: string;
}

/** A bundle beside what is in force here. */
interface Arrival {
  readonly bundle: CoreBundle;
  readonly found: BundledCore;
  readonly inForce: CoreRelease;
  readonly entry: CoreEntry;
}

/**
 * Brings a release of another environment in as a proposal; without `entering` it says what that
 * would come to, and writes nothing.
 *
 * @throws `TrellisError` with code `bundle-unreadable`, `bundle-outdated`, `no-person`, `not-allowed`
 * or those of a proposal.
 */
export async function importCore(
  bundle: CoreBundle,
  entering: Entering | undefined,
  output: Output,
): Promise<ExitCode> {
  const found = coreOfBundle(bundle);
  return withPublishing(
    async (opened): Promise<ExitCode> => {
      const inForce = await inForceIn(opened.store);
      const entry = await coreEntry(found, inForce, opened.store.registry);
      const arrival = { bundle, found, inForce, entry };
      tellWhat(arrival, output);
      if (entry.way === 'in-force') {
        output.line(
          `It is what is in force here as release ${inForce.release}: there is nothing to do.`,
        );
        output.result({ kind: 'core', way: entry.way, release: inForce.release });
        return 0;
      }
      if (entry.way === 'earlier') throw outdated(found.release.release, inForce.release);
      return entering === undefined
        ? tryOut(arrival, opened, output)
        : enter(arrival, entering, opened, output);
    },
    { readsOnly: entering === undefined },
  );
}

async function inForceIn({ registry }: Store): Promise<CoreRelease> {
  const base = await registry.newestRelease();
  if (base !== undefined) return base;
  throw new TrellisError('no-release', 'There is no release in the database yet.');
}

function tellWhat({ bundle, found, entry }: Arrival, output: Output): void {
  const { release, isSigned } = found;
  output.line(`Release ${release.release} of the core of ${bundle.company}`);
  output.line(`digest  ${release.digest}`);
  const { signed } = release;
  if (signed === undefined || !isSigned) output.line('Nobody has signed it.');
  else {
    const signatures = [{ what: 'proposed', ...signed.author }].concat(
      signed.approvals.map((one) => ({ what: 'approved', ...one })),
    );
    for (const { what, name, email, key } of signatures)
      output.line(`${what} by ${name} <${email}>, key ${key}`);
  }
  if (entry.leftOut.length > 0)
    output.line(
      `${entry.leftOut.join(', ')} stays as it is here: it says how to come from another release.`,
    );
}

async function tryOut(
  { found, inForce, entry }: Arrival,
  { proposals }: OpenedPublishing,
  output: Output,
): Promise<ExitCode> {
  for (const [path, after] of Object.entries(entry.change))
    tellChange(path, inForce.files[path] ?? null, after, output);
  const { release, judgement, route } = await proposals.tryOut(entry.change);
  output.line(
    entry.way === 'follows'
      ? `It would be proposed as release ${release}, with its signatures.`
      : `It would be proposed as release ${release} of this environment, with a digest of its own.`,
  );
  const lacking = await lackingHere(found);
  for (const sentence of lacking) output.line(`Lacking here: ${sentence}`);
  const isSound = tellVerdict({ judgement, route }, output);
  output.line('Nothing was written.');
  output.result({
    ...{ kind: 'core', way: entry.way, release, releasable: isSound, route, judgement, lacking },
    ...{ files: Object.keys(entry.change), leftOut: entry.leftOut },
  });
  return isSound && lacking.length === 0 ? 0 : 1;
}

async function enter(
  { bundle, found, inForce, entry }: Arrival,
  { as: email, why }: Entering,
  { as, proposals }: OpenedPublishing,
  output: Output,
): Promise<ExitCode> {
  const { actor, user } = await as(email);
  permit(actor, 'proposal.make', {});
  const title = `Release ${found.release.release} of ${bundle.company}`;
  const signing = { why, passphrase: await readHidden('Passphrase') };
  const number =
    entry.way === 'follows'
      ? await proposals.bring(user, found.release, signing)
      : (
          await proposals.propose(user, {
            ...{ ...signing, title, base: inForce.release, change: entry.change },
          })
        ).number;
  const { proposal, judgement, route } = await proposals.look(number);
  output.line(`Proposal ${number}: ${proposal.title}, as release ${proposal.release}.`);
  const lacking = await lackingHere(found);
  for (const sentence of lacking) output.line(`Lacking here: ${sentence}`);
  const isSound = tellVerdict({ route, ...(judgement === undefined ? {} : { judgement }) }, output);
  output.result({
    ...{ kind: 'core', way: entry.way, proposal: number, release: proposal.release },
    ...{ releasable: isSound, route, judgement, lacking },
  });
  return isSound ? 0 : 1;
}

/** What this environment does not have of what the connectors of a release name. */
async function lackingHere({ release }: BundledCore): Promise<readonly string[]> {
  const { destinationsFile, demo } = readSettings();
  // The demonstration starts its own systems, and nobody configures them.
  if (destinationsFile === undefined && demo) return [];
  const { core } = readCore(new Map(Object.entries(release.files)));
  if (core === undefined) return [];
  const around =
    destinationsFile === undefined
      ? { environment: 'production', destinations: new Map(), secrets: new Set<string>() }
      : await readDestinationsFile(destinationsFile).then(
          ({ name, destinations, secretNames }) => ({
            ...{ environment: name, destinations, secrets: secretNames },
          }),
        );
  return lackingFor(core.connectors.values(), around);
}

function outdated(release: string, inForce: string): TrellisError {
  return new TrellisError(
    'bundle-outdated',
    `Release ${release} was in force here, and ${inForce} has followed it. To go back, propose its files: ` +
      `"npx trellis core export FOLDER --release ${release}", then "npx trellis core propose --workspace FOLDER".`,
  );
}
