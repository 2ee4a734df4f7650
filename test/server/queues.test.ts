import { expect } from 'chai';
import { publishAll } from '../../engine/runtime/publish.ts';
import { follow, mainText, signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

/** Two cases at most are measured at once. */
const MEASURE = `workflow: measure
title: Measure
team: operations
core: 1
reference: M-{number}
start: { online: { form: request, audience: public } }
forms:
  request: { title: Ask for it, fields: [{ field: note, kind: text }] }
  look: { title: Measure it }
states:
  measuring:
    title: Being measured
    limit: { n: 2, name: test-bench }
    task: { assign: { role: order-desk }, form: look }
    on: { done: ended }
  ended: { final: completed }
`;

describe('queues on the pages', () => {
  const running = useHost();
  const ids: string[] = [];
  let rita: Visitor;

  before('begin five cases, of which two have a place', async function () {
    this.timeout(60_000);
    const { host, rest } = running();
    const source = { name: 'measure', text: MEASURE, files: {} };
    const named = [{ name: 'measure', source }];
    const { refused } = await publishAll(named, host.core.view, host.store, 0);
    expect(refused).to.deep.equal([]);
    await host.catalogue.refresh();
    const form = { data: {}, own: {} };
    const actor = { kind: 'public', id: 'public', name: 'Somebody' } as const;
    for (let count = 0; count < 5; count += 1) {
      const start = { workflow: 'measure', start: 'online', form, actor };
      ids.push((await host.engine.startCase(start)).caseId);
      await rest();
    }
    rita = await signedIn(running(), 'rita@meridian.example');
  });

  const page = async (index: number): Promise<string> =>
    mainText(await rita.get(`/cases/${ids[index] ?? ''}`));

  it('say on the page of a case where it stands, and who else does', async () => {
    const first = await page(0);
    expect(first).to.contain('“Test bench”, 2 at most');
    expect(first).to.contain('It has a place');
    expect(first).to.contain('“Being measured” came to its turn');
    const fourth = await page(3);
    expect(fourth).to.contain('2nd in line');
    expect(fourth).to.contain('Being measured (queued)');
    for (const reference of ['M-1', 'M-2', 'M-3', 'M-5']) expect(fourth).to.contain(reference);
    expect(fourth).to.contain('Queued for: Being measured.');
  });

  it('say in the list of cases who is queued', async () => {
    const list = mainText(await rita.get('/cases'));
    expect(list).to.contain('Being measured (3rd in line)');
    expect(list).to.contain('Being measured (1st in line)');
  });

  it('say it to the customer in plain words', async () => {
    const { host, origin } = running();
    const customer = createVisitor(origin);
    const [, , third = ''] = ids;
    await follow(customer.get(`/l/${host.engine.tokens.forStatus(third)}`));
    const status = mainText(await customer.get('/status'));
    expect(status).to.contain('waits for its turn');
    expect(status).not.to.contain('M-1');
  });

  it('say what becomes of a place when a case is called off', async () => {
    const ada = await signedIn(running(), 'ada@meridian.example');
    const preview = mainText(await ada.get(`/cases/${ids[4] ?? ''}/change/cancel`));
    expect(preview).to.contain('Its place in the queue for “Being measured” is given up.');
  });

  it('say nothing of a queue that a case has left', async () => {
    const { host, rest } = running();
    const [first = ''] = ids;
    const [task] = await host.store.worklist.tasksOfCase(first);
    const actor = { kind: 'staff', id: 'u9', name: 'Dora' } as const;
    const form = { data: {}, own: {} };
    await host.engine.completeTask({ taskId: task?.id ?? '', outcome: 'done', form, actor });
    await rest();
    expect(await page(0)).not.to.contain('It has a place');
    expect(await page(2)).to.contain('It has a place');
  });
});
