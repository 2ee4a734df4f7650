import { expect } from 'chai';
import { verifyChain } from '../../engine/governance/history.ts';
import type { CaseIdentity } from '../../engine/kernel/case-state.ts';
import type { CaseEvent } from '../../engine/kernel/event.ts';
import type { Beginning } from '../../engine/kernel/transition/begin.ts';
import { begin } from '../../engine/kernel/transition/begin.ts';
import { persist } from '../../engine/kernel/transition/live-case.ts';
import type { LiveCase } from '../../engine/kernel/transition/live-case.ts';
import { transition } from '../../engine/kernel/transition/transition.ts';
import type { AuditEntry } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue, Definition } from '../../engine/runtime/catalogue.ts';
import { momentOf } from '../../engine/runtime/catalogue.ts';

/** Entries that leave the state of a case as it is. */
const NOTES = ['incident', 'retried', 'claimed', 'released', 'assigned'];

/** Expects that the history of a case is whole, and that its events give the case as it is stored. */
export async function expectFold(
  store: Store,
  catalogue: Catalogue,
  caseId: string,
): Promise<void> {
  const stored = await store.cases.load(caseId);
  if (stored === undefined) throw new Error(`There is no case ${caseId}.`);
  const history = await store.cases.history(caseId);
  expect(history.map(({ seq }) => seq)).to.deep.equal(history.map((_entry, index) => index + 1));
  expect(verifyChain(caseId, history, { head: stored.head })).to.include({ ok: true });
  const definition = await catalogue.version(stored.workflow, stored.workflowVersion);
  expect(fold(history, definition)).to.equal(stored.snapshot);
}

function fold([first, ...rest]: readonly AuditEntry[], definition: Definition): string {
  if (first === undefined) throw new Error('There is no history.');
  let live = started(first, definition);
  for (const { kind, at, body } of rest) {
    if (NOTES.includes(kind)) continue;
    const event = body as unknown as CaseEvent;
    const moment = momentOf(definition.core, at);
    const result = transition(definition.compiled, live, event, moment);
    if (result.kind === 'refused') throw new Error(`${kind} is refused: ${result.message}`);
    live = result.case;
  }
  return JSON.stringify(persist(live, definition.compiled));
}

function started({ caseId, at, body }: AuditEntry, { compiled, core }: Definition): LiveCase {
  const { reference, starter, beginning } = body as unknown as Omit<CaseIdentity, 'id'> & {
    readonly beginning: Beginning;
  };
  const identity = { id: caseId, reference, starter };
  const result = begin(compiled, identity, beginning, momentOf(core, at));
  if (result.kind === 'refused') throw new Error(`The start is refused: ${result.message}`);
  return result.case;
}
