import { expect } from 'chai';
import { buildCoreView } from '../../../engine/governance/core/build-core-view.ts';
import type { Core } from '../../../engine/governance/core/core.ts';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import type { CoreView } from '../../../engine/kernel/core-view.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { SMALL_CORE, coreWith } from './small-core.ts';

function coreOf(files: ReadonlyMap<string, string>): Core {
  const { core, problems } = readCore(files);
  if (core === undefined) throw new Error(JSON.stringify(problems));
  return core;
}

const CORE = coreOf(SMALL_CORE);
const VIEW = buildCoreView(CORE, '1.4');

function viewOf(files: ReadonlyMap<string, string>): CoreView {
  return buildCoreView(coreOf(files), '1.4');
}

describe('the view of a core', () => {
  it('says whose core it is and of which release', () => {
    expect(VIEW).to.deep.include({
      company: 'Small Company',
      line: 1,
      release: '1.4',
      timeZone: 'Europe/Dublin',
      roles: ['clerk', 'manager'],
      teams: ['office', 'it'],
    });
  });

  it('refuses a release of another line', () => {
    expect(() => buildCoreView(CORE, '2.1'))
      .to.throw(TrellisError, /line 1/)
      .with.property('code', 'release-line');
    expect(() => buildCoreView(CORE, '11.1')).to.throw(TrellisError);
  });

  it('has the types, with the types that they refer to', () => {
    const claim = VIEW.types.get('Claim');
    expect(claim).to.include({ name: 'Claim', title: 'Claim' });
    if (claim?.type.kind !== 'object') throw new Error('Claim is no object');
    expect(claim.type.name).to.equal('Claim');
    expect(claim.type.fields['amount']).to.include({ kind: 'decimal', origin: 'Claim.amount' });
    expect(claim.type.fields['salary']?.classification).to.deep.equal({
      level: 'confidential',
      tags: ['personal'],
    });
    expect(claim.type.fields['items']).to.have.nested.property('of.name', 'Item');
  });

  it('has the operations and messages by their full names', () => {
    expect([...VIEW.operations.keys()]).to.deep.equal([
      ...['store.take', 'store.look'],
      ...['find', 'get', 'create', 'update'].map((does) => `records.Claim.${does}`),
    ]);
    expect(VIEW.operations.get('store.take')).to.deep.include({
      name: 'store.take',
      effect: 'write',
      delivery: 'idempotent',
    });
    expect(VIEW.operations.get('store.take')?.input).to.have.nested.property(
      'fields.claim.name',
      'Claim',
    );
    expect(VIEW.messages.get('store.arrived')).to.include({ correlate: 'id', title: 'It arrived' });
  });

  it('gives an operation the tighter clearance of its manifest and the policies', () => {
    const tighter = { upTo: 'confidential', tags: ['personal'] };
    expect(VIEW.operations.get('store.take')?.clearance).to.deep.equal(tighter);
    expect(VIEW.clearances.get('store.take')).to.deep.equal(tighter);
    expect(VIEW.clearances.get('store.look')).to.deep.equal({ upTo: 'public', tags: [] });
  });

  it('clears every role, by its own line or that of staff, and nobody by default', () => {
    const { clearances } = VIEW;
    expect(clearances.get('role:manager')).to.deep.equal({
      upTo: 'restricted',
      tags: ['personal'],
    });
    expect(clearances.get('role:clerk')).to.deep.equal({ upTo: 'internal', tags: [] });
    expect(clearances.get('customer')).to.deep.equal({ upTo: 'public', tags: [] });
    const strict = viewOf(coreWith('policies.yaml', '  staff: { upTo: internal }\n', ''));
    expect(strict.clearances.get('role:clerk')).to.deep.equal({ upTo: 'public', tags: [] });
  });

  it('has the policies', () => {
    expect(VIEW.grants).to.deep.equal([
      {
        team: 'office',
        operations: ['store.take', 'core/fetch'],
        messages: ['store.arrived'],
        write: ['Claim', 'Item.size'],
        until: '2030-01-01',
      },
      { team: 'it', operations: ['store.take'], messages: [], write: ['Claim.claimNo'] },
    ]);
    expect(VIEW.fieldRights).to.deep.equal([{ role: 'clerk', read: ['Claim.amount'] }]);
    expect(VIEW.releases).to.have.length(1);
  });

  it('leaves out the grants that ended, from the day that they name', () => {
    const teams = (today: string): string[] =>
      buildCoreView(CORE, '1.4', { today }).grants.map(({ team }) => team);
    expect(teams('2029-12-31')).to.deep.equal(['office', 'it']);
    expect(teams('2030-01-01')).to.deep.equal(['it']);
  });

  it('needs neither field rights nor releases', () => {
    const text = SMALL_CORE.get('policies.yaml')?.replace(/fieldRights:[^]*$/, '') ?? '';
    const view = viewOf(new Map(SMALL_CORE).set('policies.yaml', text));
    expect(view.fieldRights).to.be.empty;
    expect(view.releases).to.be.empty;
  });

  it('has the hours of calendars by weekday, and the holidays in order', () => {
    const calendar = VIEW.calendars.get('default');
    expect(calendar?.hours).to.have.length(11);
    expect(calendar?.hours.slice(0, 2)).to.deep.equal([
      { weekday: 1, from: 540, to: 720 },
      { weekday: 1, from: 780, to: 1020 },
    ]);
    expect(calendar?.hours.at(-1)).to.deep.equal({ weekday: 6, from: 600, to: 720 });
    expect(calendar?.holidays).to.deep.equal(['2027-01-01', '2027-03-17']);
  });

  it('takes calendars without holidays, over the end of the week and until midnight', () => {
    const files = coreWith(
      'core.yaml',
      'default:',
      'night:\n    timeZone: UTC\n    hours: { sat-mon: "22:00-24:00" }\n  default:',
    );
    expect(viewOf(files).calendars.get('night')).to.deep.equal({
      timeZone: 'UTC',
      hours: [1, 6, 7].map((weekday) => ({ weekday, from: 1320, to: 1440 })),
      holidays: [],
    });
  });
});

describe('the core processes in a view', () => {
  it('can be run: what they need whole, what they have at every end but a failed one', () => {
    const fetch = VIEW.runnables.get('core/fetch');
    expect(fetch).to.include({ name: 'core/fetch', title: 'Fetch something', team: 'it' });
    expect(fetch?.outcomes).to.deep.equal(['completed', 'failed']);
    expect(fetch?.input).to.have.nested.property('fields.claim.mayBeEmpty', false);
    expect(fetch?.input).to.have.nested.property('fields.claim.fields.claimNo.mayBeEmpty', false);
    expect(fetch?.output).to.have.nested.property('fields.claim.mayBeEmpty', false);
    expect(fetch?.output).to.have.nested.property('fields.claim.fields.amount.mayBeEmpty', true);
  });

  it('stand beside published workflows', () => {
    const base = VIEW.runnables.get('core/fetch');
    if (base === undefined) throw new Error('core/fetch is missing');
    const published = new Map([['onboarding', { ...base, name: 'onboarding' }]]);
    const view = buildCoreView(CORE, '1.4', { published });
    expect([...view.runnables.keys()]).to.deep.equal(['onboarding', 'core/fetch']);
  });

  it('may run each other, whatever the order of their names', () => {
    const view = viewOf(withCaller('core/fetch'));
    expect([...view.runnables.keys()].sort()).to.deep.equal(['core/carry', 'core/fetch']);
  });

  it('may not run themselves, nor each other in a circle', () => {
    const { core, problems } = readCore(withCaller('core/carry'));
    expect(core).to.equal(undefined);
    expect(problems.map(({ file }) => file)).to.deep.equal(['processes/carry.yaml']);
  });
});

/** The small core with a process `carry` that runs another. */
function withCaller(runs: string): Map<string, string> {
  return coreWith('policies.yaml', '[store.take], write', `[store.take, ${runs}], write`).set(
    'processes/carry.yaml',
    `workflow: carry
title: Carry something
team: it
core: 1
reference: C-{year}-{number}
data:
  claim: Claim
start:
  calling: { run: [claim] }
states:
  fetching:
    run: ${runs}
    with: { claim: claim }
    done: carried
  carried: { final: completed }
`,
  );
}
