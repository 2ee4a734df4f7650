import type { Proposal, User } from '../../engine/index.ts';
import type { RunningHost } from './with-host.ts';

export const PASSPHRASE = 'several words that nobody guesses';

/** Somebody of the demo, with a key. */
export async function withKey({ host }: Pick<RunningHost, 'host'>, name: string): Promise<User> {
  const person = await host.store.accounts.byEmail(`${name}@meridian.example`);
  if (person === undefined) throw new Error(`There is no ${name}.`);
  await host.proposals.keys.make(person, PASSPHRASE);
  return person;
}

/** Lets Ian of the demo propose another name of the company. */
export async function proposeName(
  running: Pick<RunningHost, 'host'>,
  company = 'Meridian Parts',
): Promise<Proposal> {
  const change = { file: 'core.yaml', from: /^name: .*$/mu, to: `name: ${company}` };
  return proposeFile(running, await withKey(running, 'ian'), 'Another name', change);
}

/** Lets Ian of the demo propose that a field which workflows use is called otherwise. */
export async function proposeRenaming(running: Pick<RunningHost, 'host'>): Promise<Proposal> {
  const change = {
    file: 'types/Quote.yaml',
    from: /discountPct:/u,
    to: 'discountPercent:\n      x-alias: discountPct',
  };
  return proposeFile(running, await withKey(running, 'ian'), 'Another field', change);
}

async function proposeFile(
  { host }: Pick<RunningHost, 'host'>,
  person: User,
  title: string,
  { file, from, to }: { readonly file: string; readonly from: RegExp; readonly to: string },
): Promise<Proposal> {
  const base = await host.store.registry.newestRelease();
  const text = (base?.files[file] ?? '').replace(from, to);
  return host.proposals.propose(person, {
    ...{ title, why: 'We were bought.', passphrase: PASSPHRASE },
    ...{ base: base?.release ?? '', change: { [file]: text } },
  });
}
