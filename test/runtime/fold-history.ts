import { expect } from 'chai';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import { verifyCase } from '../../engine/runtime/verify.ts';

/** Expects that the history of a case is whole, and that its events give the case as it is stored. */
export async function expectFold(
  store: Store,
  catalogue: Catalogue,
  caseId: string,
): Promise<void> {
  const history = await store.cases.history(caseId);
  expect(history.map(({ seq }) => seq)).to.deep.equal(history.map((_entry, index) => index + 1));
  expect(history.length).to.equal((await store.cases.load(caseId))?.version);
  expect(await verifyCase({ store, catalogue }, caseId)).to.equal(undefined);
}
