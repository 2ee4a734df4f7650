import type { Running } from './with-engine.ts';

/** Starts a quote and lets it come as far as the offer. */
export async function startQuote({ engine }: Running): Promise<string> {
  const { caseId } = await engine.startCase({
    workflow: 'online-quote',
    start: 'online',
    actor: { kind: 'public', id: 'public', name: 'Somebody' },
    form: {
      data: {
        customer: { legalName: 'Ada Ltd', contactEmail: 'a@ada.example' },
        lines: [{ sku: 'A1', qty: 2 }],
      },
      own: {},
    },
  });
  await engine.idle();
  return caseId;
}

/** The customer accepts the offer of a case. */
export async function acceptOffer({ engine, store }: Running, caseId: string): Promise<void> {
  const [offer] = (await store.worklist.tasksOfCase(caseId)).filter(
    ({ status }) => status === 'open',
  );
  if (offer === undefined) throw new Error('There is no offer to accept.');
  await engine.completeTask({
    taskId: offer.id,
    outcome: 'accept',
    form: { data: { quote: { poNumber: 'PO-7' } }, own: {} },
    actor: { kind: 'customer', id: 'customer', name: 'Ada Ltd' },
  });
}
