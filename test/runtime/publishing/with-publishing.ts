import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import { createDirectWorkshop } from '../../../engine/adapters/memory/workshop.ts';
import { createIds } from '../../../engine/adapters/system/ids.ts';
import type { Actor } from '../../../engine/kernel/effects.ts';
import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { addRelease } from '../../../engine/runtime/add-release.ts';
import { Catalogue } from '../../../engine/runtime/catalogue.ts';
import { InForce } from '../../../engine/runtime/in-force.ts';
import { publishAll } from '../../../engine/runtime/publish.ts';
import { openPublishing } from '../../../engine/runtime/publishing/open-publishing.ts';
import type { Publishing } from '../../../engine/runtime/publishing/open-publishing.ts';
import { readCoreFiles } from '../../../server/host/workspace.ts';
import { meridianCore, meridianWorkflow } from '../meridian.ts';
import { NOW } from '../with-engine.ts';

/** What publishing is tried on: the bundled company, with the bundled quote as version 1. */
export interface Bench {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly publishing: Publishing;
}

export async function openBench(): Promise<Bench> {
  const store = createMemoryStore();
  const clock = createSimulatedClock(NOW);
  const core = meridianCore();
  const files = Object.fromEntries(await readCoreFiles('.'));
  await addRelease({ ...store, clock }, { release: '1.1', digest: 'd', files, createdAt: NOW });
  const sources = [
    ...[...core.core.processes].map(([name, source]) => ({ name, source })),
    { name: 'online-quote', source: meridianWorkflow('online-quote') },
  ];
  await publishAll(sources, core.view, store, NOW);
  const catalogue = new Catalogue(store.registry);
  await catalogue.refresh();
  const publishing = openPublishing({
    ...{ store, catalogue, clock, ids: createIds(clock), workshop: createDirectWorkshop() },
    ...{ core: () => core, inForce: new InForce({ outOfForce: store.outOfForce, clock }) },
  });
  return { store, catalogue, publishing };
}

export function person(name: string): Actor {
  return { kind: 'staff', id: name, name, email: `${name}@meridian.example` };
}

/** The bundled quote with its text changed. */
export function quote(change: (text: string) => string = (same) => same): WorkflowSource {
  const source = meridianWorkflow('online-quote');
  return { ...source, text: change(source.text) };
}

/** A workflow that only reads, for people who work here. */
export function looking(change: (text: string) => string = (same) => same): WorkflowSource {
  const cases = `- case: somebody is looked for
  start: { by-phone: { customer: { legalName: Acme Ltd, contactEmail: a@acme.example } } }
  by: { role: sales-rep, id: u1 }
  mocks: { oms.findCustomer: { id: 0f8fad5b-d9cb-469f-a165-70867728950e, segment: oem, priceListId: P1 } }
  expect: { state: ready }
`;
  return { name: 'looking', text: change(LOOKING), files: { 'cases.yaml': cases } };
}

const LOOKING = `workflow: looking
title: Looking
team: operations
core: 1
reference: L-{number}
data:
  customer: Customer
start:
  by-phone: { form: who, audience: { role: sales-rep } }
forms:
  who:
    title: Who is it?
    fields:
      - { field: customer.legalName, required: true }
      - { field: customer.contactEmail, required: true }
states:
  matching:
    call: oms.findCustomer
    with: { email: customer.contactEmail, legalName: customer.legalName }
    done: ready
  ready: { final: true }
`;

/** The code with which something was refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof TrellisError ? error.code : String(error)),
  );
}
