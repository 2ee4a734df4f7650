import { Catalogue, verifyCases } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Holds every case against its history. Exit code 1 where one does not agree with it. */
export async function verifyCommand(output: Output): Promise<ExitCode> {
  return withStoreToRead(async (store): Promise<ExitCode> => {
    const catalogue = new Catalogue(store.registry);
    let cases = 0;
    const found = [];
    for await (const { found: one } of verifyCases({ store, catalogue })) {
      cases += 1;
      if (one === undefined) continue;
      found.push(one);
      output.line(`${one.reference}  entry ${one.seq}  ${one.message}  [${one.kind}]`);
    }
    output.line(`${cases} cases, ${found.length} of them do not agree with their history`);
    output.result({ cases, found });
    return found.length === 0 ? 0 : 1;
  });
}
