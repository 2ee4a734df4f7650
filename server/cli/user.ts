import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  TrellisError,
  createIds,
  createSystemClock,
  govern,
  openStore,
  readCore,
} from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { placeOf } from '../host/database-place.ts';
import { hashPassword } from '../host/passwords.ts';
import { readCoreFiles } from '../host/workspace.ts';
import { COMMAND_LINE } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

interface NewUser {
  readonly name: string;
  readonly role: readonly string[];
  readonly team: readonly string[];
}

/** The fewest characters of a password. */
const SHORTEST = 12;

/** Adds somebody who may sign in, to the database of the settings. */
export async function userAdd(email: string, user: NewUser, output: Output): Promise<ExitCode> {
  const settings = readSettings();
  await refuseUnknownNames(settings.workspace, user);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new TrellisError('bad-email', `"${email}" is not an email address.`);
  }
  const given = process.stdin.isTTY ? '' : (await text(process.stdin)).trim();
  if (given !== '' && given.length < SHORTEST) {
    throw new TrellisError('bad-password', `A password needs at least ${SHORTEST} characters.`);
  }
  const password = given === '' ? randomBytes(12).toString('base64url') : given;
  const clock = createSystemClock();
  const { database } = settings;
  if (database.kind === 'sqlite') await mkdir(dirname(database.file), { recursive: true });
  const store = await openStore(placeOf(settings));
  try {
    const id = createIds(clock).next();
    const added = await store.accounts.add({
      id,
      name: user.name,
      email,
      roles: user.role,
      teams: user.team,
      password: await hashPassword(password),
      createdAt: clock.now(),
    });
    if (!added) throw new TrellisError('email-taken', `${email} can sign in already.`);
    const body = { person: id, email, roles: [...user.role], teams: [...user.team] };
    await govern({ governance: store.governance, clock }, () =>
      Promise.resolve({
        draft: { acts: [{ kind: 'joined', actor: COMMAND_LINE, body }] },
        answer: undefined,
      }),
    );
  } finally {
    await store.close();
  }
  output.line(`${user.name} can sign in as ${email}.`);
  if (given === '') output.line(`Password: ${password}`);
  output.result({ email, ...(given === '' ? { password } : {}) });
  return 0;
}

async function refuseUnknownNames(workspace: string, { role, team }: NewUser): Promise<void> {
  const { core } = readCore(await readCoreFiles(workspace));
  if (core === undefined) {
    throw new TrellisError('core-refused', 'The core has errors. Run "trellis check" to see them.');
  }
  refuseUnknown('role', role, core.settings.roles);
  refuseUnknown('team', team, Object.keys(core.settings.teams));
}

function refuseUnknown(what: string, names: readonly string[], known: readonly string[]): void {
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new TrellisError(
      `no-${what}`,
      `core.yaml has no ${what} "${name}". It has: ${known.join(', ')}.`,
    );
  }
}
