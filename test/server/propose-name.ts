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
  const { registry } = running.host.store;
  const base = await registry.newestRelease();
  const text = (base?.files['core.yaml'] ?? '').replace(/^name: .*$/mu, `name: ${company}`);
  return running.host.proposals.propose(await withKey(running, 'ian'), {
    ...{ title: 'Another name', why: 'We were bought.', passphrase: PASSPHRASE },
    ...{ base: base?.release ?? '', change: { 'core.yaml': text } },
  });
}
