import { Anchoring, createLog, createSystemClock, makeCheckpoints } from '../../engine/index.ts';
import { publicKey, withAudit } from '../host/with-audit.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Signs what has moved since the newest checkpoint. */
export async function auditCheckpoint(output: Output): Promise<ExitCode> {
  return withAudit(async ({ store, signer, clock, anchor }): Promise<ExitCode> => {
    const { checkpoints } = store;
    const log = createLog({ sink: process.stderr, clock: createSystemClock() });
    const anchoring = anchor && new Anchoring({ anchor, checkpoints, log });
    await anchoring?.catchUp();
    let cases = 0;
    for await (const { leaves } of makeCheckpoints({ store, signer, clock })) {
      cases += leaves;
      await anchoring?.catchUp();
    }
    const newest = await checkpoints.newest();
    const name = newest === undefined ? 'There is none yet' : `Checkpoint ${newest.number}`;
    output.line(`${name}; ${cases} cases have moved since the one before this command.`);
    output.result({ number: newest?.number ?? 0, cases });
    return 0;
  });
}

/** Prints the public key, for whoever verifies elsewhere. */
export async function auditKey(output: Output): Promise<ExitCode> {
  const key = await publicKey();
  output.line(key);
  output.result({ key });
  return 0;
}
