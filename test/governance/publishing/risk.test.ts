import { expect } from 'chai';
import { checkTogether, loadCore, readCore, riskOf } from '../../../engine/index.ts';
import type { Core, Risk } from '../../../engine/index.ts';
import { readCoreFiles, readWorkflows } from '../../../server/host/workspace.ts';

const ONLY_READS = `workflow: looking
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

describe('the risk of a workflow', function () {
  this.timeout(20_000);

  it('is IT for the bundled quote, because it writes orders', async () => {
    const risk = await riskIn(await bundledCore(), 'online-quote');
    expect(risk.tiers).to.deep.equal(['it']);
    const order = risk.reasons.find(({ message }) => message.includes('core/create-order'));
    expect(order).to.include({ tier: 'it', file: 'workflows/online-quote/workflow.yaml' });
    const [source] = await readWorkflows('.');
    expect(source?.text.split('\n')[(order?.line ?? 0) - 1]).to.contain('run: core/create-order');
    expect(risk.reasons.map(({ tier }) => tier)).to.include('peer');
  });

  it('is its author alone where it only reads, for people who work here', async () => {
    const risk = await riskIn(await bundledCore(), 'looking', ONLY_READS);
    expect(risk).to.deep.equal({ tiers: ['self'], reasons: [] });
  });

  it('is a peer where customers begin it', async () => {
    const outside = ONLY_READS.replace('audience: { role: sales-rep }', 'audience: public');
    const risk = await riskIn(await bundledCore(), 'looking', outside);
    expect(risk.tiers).to.deep.equal(['peer']);
    expect(risk.reasons[0]).to.deep.include({ line: 9, file: 'workflows/looking/workflow.yaml' });
  });

  it('is data protection where another company is given personal data', async () => {
    const core = await bundledCore();
    const oms = core.connectors.get('oms');
    if (oms === undefined) throw new Error('There is no oms.');
    const away = { ...oms, outside: true } as typeof oms;
    const risk = await riskIn(
      { ...core, connectors: new Map(core.connectors).set('oms', away) },
      'looking',
      ONLY_READS,
    );
    expect(risk.tiers).to.deep.equal(['self', 'dataProtection']);
    expect(risk.reasons.map(({ message }) => message)).to.deep.equal([
      'Personal data leaves the house: "Customer.contactEmail" goes to another company\'s system, by "oms.findCustomer".',
    ]);
  });

  it('is data protection where a mail to somebody outside names personal data', async () => {
    const mailing = `${ONLY_READS.replace(
      'done: ready',
      'done: { to: ready, send: { message: hello, to: customer.contactEmail } }',
    )}messages:
  hello: { subject: 'For {{customer.contactEmail}}', body: hello.hbs }
`;
    const risk = await riskIn(await bundledCore(), 'looking', mailing, { 'hello.hbs': 'Hello\n' });
    expect(risk.tiers).to.deep.equal(['peer', 'dataProtection']);
    const inside = mailing.replaceAll('to: customer.contactEmail }', 'to: { role: sales-rep } }');
    expect((await riskIn(await bundledCore(), 'looking', inside, { 'hello.hbs': 'Hi\n' })).tiers) //
      .to.deep.equal(['self']);
  });
});

async function bundledCore(): Promise<Core> {
  const { core } = readCore(await readCoreFiles('.'));
  if (core === undefined) throw new Error('The bundled core has errors.');
  return core;
}

async function riskIn(
  core: Core,
  name: string,
  text?: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Risk> {
  const { view } = loadCore(core, `${core.settings.line}.1`);
  const own = text === undefined ? await readWorkflows('.') : [{ name, text, files }];
  const sources = [
    ...[...core.processes].map(([of, source]) => ({ name: of, source })),
    ...own.map((source) => ({ name: source.name, source })),
  ];
  const { passed, refused } = checkTogether(sources, view);
  expect(refused.flatMap(({ problems }) => problems.map(({ message }) => message))) //
    .to.deep.equal([]);
  const known = new Map(passed.map((one) => [one.name, one.workflow]));
  const found = passed.find((one) => one.name === name);
  if (found?.map === undefined) throw new Error(`${name} was not checked.`);
  const { workflow, core: seen, map } = found;
  return riskOf({ workflow, core: seen, map, known: (of) => known.get(of) });
}
