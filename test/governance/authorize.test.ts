import { expect } from 'chai';
import { ACTIONS, authorize } from '../../engine/governance/authorize.ts';
import { publishingRules } from '../../engine/governance/publishing/publishing-rules.ts';
import { caseScope } from '../../engine/governance/access/cases.ts';
import type { AccessActor, Action, Subjects } from '../../engine/governance/access/words.ts';
import { openProposal, somebody } from './proposals/keys.ts';

const staff = (id: string, roles: string[], teams: string[] = []): AccessActor => ({
  kind: 'staff',
  id,
  roles,
  teams,
});

/** One of each kind of actor there is; every one with another reason to be allowed or refused. */
const ACTORS = {
  public: { kind: 'public' },
  system: { kind: 'system' },
  statusLink: { kind: 'customer', caseId: 'c1', purpose: 'status' },
  taskLink: { kind: 'customer', caseId: 'c1', purpose: 'task', taskId: 't1' },
  otherTaskLink: { kind: 'customer', caseId: 'c1', purpose: 'task', taskId: 't2' },
  foreignLink: { kind: 'customer', caseId: 'c2', purpose: 'task', taskId: 't1' },
  nobody: staff('u0', []),
  rep: staff('u1', ['sales-rep']),
  starter: staff('u2', ['sales-rep']),
  assignee: staff('u3', ['sales-rep']),
  formerRep: staff('u4', []),
  colleague: staff('u5', [], ['operations']),
  'sales-manager': staff('u6', ['sales-manager']),
  'head-of-operations': staff('u7', ['head-of-operations']),
  'order-desk': staff('u8', ['order-desk']),
  author: staff('u9', ['author'], ['marketing']),
  'privacy-officer': staff('u15', ['privacy-officer']),
  reviewer: staff('u10', ['reviewer']),
  'it-core': staff('u11', ['it-core'], ['it']),
  operator: staff('u12', ['operator']),
  auditor: staff('u13', ['auditor']),
  administrator: staff('u14', ['administrator']),
  program: { kind: 'api', id: 't1', workflows: ['online-quote'] },
} as const satisfies Record<string, AccessActor>;
type ActorName = keyof typeof ACTORS;

const EVERYBODY = Object.keys(ACTORS) as ActorName[];
const STAFF = EVERYBODY.filter((name) => ACTORS[name].kind === 'staff');
const CUSTOMERS = EVERYBODY.filter((name) => ACTORS[name].kind === 'customer');
const REPS: ActorName[] = ['rep', 'starter', 'assignee'];

const theCase = {
  caseId: 'c1',
  team: 'operations',
  starter: 'u2',
  taskRoles: ['order-desk'],
  taskPeople: [],
};
const openTask = { roles: ['sales-rep'], notBy: ['u2'] };
const claimedTask = { ...openTask, assignee: 'u3' };
const doneTask = { ...openTask, completedBy: 'u4' };
const theAsk = { caseId: 'c1', taskId: 't1' };
const INSIDERS: ActorName[] = [
  'starter',
  'colleague',
  'order-desk',
  'operator',
  'auditor',
  'administrator',
];

const ROUTE = { approvers: 1, role: 'it-core' };
const PROPOSAL = openProposal(somebody('Anna'), []);

const theButton = { ...theCase, fromOutside: false };
/** Those who hold a link of this very case. */
const HOLDERS = CUSTOMERS.filter((name) => {
  const actor: AccessActor = ACTORS[name];
  return actor.kind === 'customer' && actor.caseId === 'c1';
});

type Row = {
  readonly [A in Action]: readonly [A, subject: Subjects[A], allowed: readonly ActorName[]];
}[Action];

const RULES = publishingRules({ dataProtection: ['privacy-officer'] });
const underReview = { author: 'u9', open: ['peer'], rules: RULES } as const;

/** The whole matrix: every action, some with several subjects, and exactly who may. */
const MATRIX: readonly Row[] = [
  ['home.see', {}, EVERYBODY],
  ['asset.get', {}, EVERYBODY],
  ['health.see', {}, EVERYBODY],
  ['sign-in', {}, EVERYBODY],
  ['sign-out', {}, EVERYBODY],
  ['workflow.list', {}, STAFF],
  ['workflow.see', {}, STAFF],
  ['workflow.check', {}, [...STAFF, 'system']],
  ['workflow.write', { teams: ['marketing'], rules: RULES }, ['author', 'it-core']],
  ['workflow.write', { teams: ['marketing', 'operations'], rules: RULES }, ['it-core']],
  ['draft.see', {}, STAFF],
  ['draft.own', { author: 'u9' }, ['author']],
  ['review.decide', underReview, ['reviewer']],
  ['review.decide', { ...underReview, author: 'u10' }, []],
  [
    'review.decide',
    { ...underReview, open: ['it', 'dataProtection'] },
    ['it-core', 'privacy-officer'],
  ],
  ['review.decide', { ...underReview, author: 'u11', open: ['it'] }, []],
  ['personal.erase', { rules: RULES }, ['privacy-officer']],
  ['workflow.roll-back', { rules: RULES }, ['author', 'reviewer', 'it-core', 'privacy-officer']],
  ['grant.list', {}, ['it-core']],
  ['grant.revoke', {}, ['it-core']],
  ['workflow.test', {}, ['system']],
  ['case.start', { audience: { kind: 'public' } }, EVERYBODY],
  ['case.start', { audience: { kind: 'customer' } }, CUSTOMERS],
  ['case.start', { audience: { kind: 'roles', roles: ['sales-rep'] } }, REPS],
  ['case.start', { audience: { kind: 'roles', roles: [] } }, []],
  ['case.start', { audience: { kind: 'person', person: 'u3' } }, ['assignee']],
  ['case.start', { audience: { kind: 'api' } }, []],
  ['core.see', {}, ['it-core', 'auditor', 'administrator']],
  ['audit.see', {}, ['it-core', 'auditor', 'administrator']],
  ['proposal.make', {}, ['it-core']],
  ['proposal.approve', { proposal: PROPOSAL, route: ROUTE, counting: [] }, ['it-core']],
  [
    'proposal.approve',
    { proposal: PROPOSAL, route: { approvers: 2, role: 'order-desk' }, counting: [] },
    ['order-desk'],
  ],
  [
    'proposal.approve',
    { proposal: { ...PROPOSAL, status: 'released' }, route: ROUTE, counting: [] },
    [],
  ],
  ['key.make', {}, STAFF],
  ['case.list', {}, STAFF],
  ['case.see', theCase, INSIDERS],
  ['case.history', theCase, INSIDERS],
  ['case.change', {}, ['operator', 'administrator']],
  ['case.see', { ...theCase, taskPeople: ['u3'] }, [...INSIDERS, 'assignee']],
  ['timer.move', theCase, ['colleague', 'operator', 'administrator']],
  ['case.press', { ...theButton, by: { kind: 'roles', roles: ['sales-rep'] } }, REPS],
  ['case.press', { ...theButton, by: { kind: 'roles', roles: [] } }, []],
  ['case.press', { ...theButton, by: { kind: 'person', person: 'u3' } }, ['assignee']],
  ['case.press', { ...theButton, by: { kind: 'person', person: '' } }, []],
  ['case.press', { ...theButton, by: { kind: 'starter' } }, ['starter']],
  [
    'case.press',
    { ...theButton, by: { kind: 'starter' }, fromOutside: true },
    ['starter', ...HOLDERS],
  ],
  ['case.press', { ...theButton, by: { kind: 'customer' } }, HOLDERS],
  ['case.press', { ...theButton, by: { kind: 'public' } }, [...INSIDERS, ...HOLDERS]],
  ['case.press', { ...theButton, by: { kind: 'api' } }, []],
  ['api.start', { workflow: 'online-quote' }, ['program']],
  ['api.see', { workflow: 'online-quote' }, ['program']],
  ['api.press', { workflow: 'online-quote' }, ['program']],
  ['api.press', { workflow: 'another' }, []],
  ['token.manage', {}, ['system']],
  ['task.list', {}, STAFF],
  ['task.manage', { core: { managers: new Map() } }, ['operator', 'administrator']],
  [
    'task.manage',
    { core: { managers: new Map([['sales-manager', ['sales-rep']]]) } },
    ['sales-manager', 'operator', 'administrator'],
  ],
  ['user.leave', {}, ['administrator', 'system']],
  [
    'task.see',
    { ...claimedTask, standIn: 'u5' },
    [...REPS, 'colleague', 'operator', 'administrator'],
  ],
  ['task.claim', { ...claimedTask, standIn: 'u5' }, ['assignee', 'colleague']],
  ['task.complete', { ...claimedTask, standIn: 'u2' }, ['assignee']],
  [
    'task.reassign',
    { ...claimedTask, managers: ['sales-manager'] },
    ['sales-manager', 'operator', 'administrator'],
  ],
  [
    'task.release',
    { ...claimedTask, managers: ['sales-manager'] },
    ['assignee', 'sales-manager', 'operator', 'administrator'],
  ],
  ['absence.change', {}, STAFF],
  ['case.comment', theCase, INSIDERS],
  ['task.delegate', openTask, []],
  ['task.delegate', claimedTask, ['assignee']],
  ['task.reassign', claimedTask, ['operator', 'administrator']],
  ['task.release', { ...claimedTask, roles: [] }, []],
  ['task.see', openTask, [...REPS, 'operator', 'administrator']],
  ['task.see', claimedTask, [...REPS, 'operator', 'administrator']],
  ['task.see', doneTask, [...REPS, 'formerRep', 'operator', 'administrator']],
  ['task.see', { ...claimedTask, roles: ['nurse'] }, ['assignee', 'operator', 'administrator']],
  ['task.claim', openTask, ['rep', 'assignee']],
  ['task.claim', claimedTask, ['assignee']],
  ['task.complete', openTask, ['rep', 'assignee']],
  ['task.complete', claimedTask, ['assignee']],
  ['task.complete', { ...claimedTask, roles: ['head-of-operations'] }, []],
  ['task.complete', { ...claimedTask, roles: ['nurse'], delegatedBy: 'u1' }, ['assignee']],
  ['task.complete', { ...claimedTask, roles: [] }, ['assignee']],
  ['task.claim', { ...openTask, roles: [] }, []],
  ['task.claim', { ...openTask, roles: ['nurse', 'sales-rep'] }, ['rep', 'assignee']],
  ['task.release', openTask, ['operator', 'administrator']],
  ['task.release', claimedTask, ['assignee', 'operator', 'administrator']],
  ['link.open', {}, EVERYBODY],
  ['status.see', { caseId: 'c1' }, ['statusLink', 'taskLink', 'otherTaskLink']],
  ['ask.see', theAsk, ['taskLink']],
  ['ask.answer', theAsk, ['taskLink']],
  ['incident.list', {}, ['operator', 'administrator']],
  ['incident.retry', {}, ['operator', 'administrator']],
  ['effect.release', {}, ['operator', 'administrator']],
  ['demo.see', { demoMode: true }, EVERYBODY],
  ['demo.see', { demoMode: false }, []],
  ['demo.change', { demoMode: true }, EVERYBODY],
  ['demo.change', { demoMode: false }, []],
  ['webhook.receive', { signed: true }, EVERYBODY],
  ['webhook.receive', { signed: false }, []],
  ['job.run', {}, ['system']],
  ['host.start', {}, ['system']],
  ['workspace.init', {}, ['system']],
  ['lock.write', {}, ['system']],
  ['lock.verify', {}, ['system']],
  ['user.add', {}, ['system']],
];

function decide([action, subject]: Row, actor: ActorName): ReturnType<typeof authorize> {
  return authorize(ACTORS[actor], action, subject);
}

describe('who may do what', () => {
  for (const row of MATRIX) {
    const [action, subject, allowed] = row;
    it(`${action} ${JSON.stringify(subject)}: ${allowed.length} of ${EVERYBODY.length}`, () => {
      const found = EVERYBODY.filter((name) => decide(row, name).allowed);
      expect(found).to.have.members([...allowed]);
    });
  }

  it('has a row for every action but reading a field, which has tests of its own', () => {
    const rows = new Set(MATRIX.map(([action]) => action));
    expect(ACTIONS.filter((action) => !rows.has(action))).to.deep.equal(['field.read']);
  });

  it('gives every decision a reason, and every refusal a code', () => {
    for (const row of MATRIX)
      for (const name of EVERYBODY) {
        const decision = decide(row, name);
        expect(decision.reason).to.match(/^[A-Z].*\.$/);
        if (!decision.allowed) expect(decision.code).to.match(/^[a-zA-Z-]+$/);
      }
  });

  it('says why: sign in, the role, a part in the case, the claim, the link', () => {
    const codeOf = (row: Row, name: ActorName): string => {
      const decision = decide(row, name);
      return decision.allowed ? 'allowed' : decision.code;
    };
    expect(codeOf(['case.list', {}, []], 'public')).to.equal('sign-in');
    expect(codeOf(['case.list', {}, []], 'statusLink')).to.equal('staff-only');
    expect(codeOf(['task.complete', openTask, []], 'author')).to.equal('role');
    expect(codeOf(['task.complete', openTask, []], 'starter')).to.equal('notBy');
    expect(codeOf(['task.complete', claimedTask, []], 'rep')).to.equal('claimed');
    expect(codeOf(['case.see', theCase, []], 'author')).to.equal('not-involved');
    expect(codeOf(['ask.answer', theAsk, []], 'foreignLink')).to.equal('link');
    expect(codeOf(['ask.answer', theAsk, []], 'administrator')).to.equal('link');
    expect(codeOf(['webhook.receive', { signed: false }, []], 'public')).to.equal('signature');
    expect(codeOf(['lock.write', {}, []], 'administrator')).to.equal('system-only');
    expect(codeOf(['demo.see', { demoMode: false }, []], 'public')).to.equal('demo-only');
  });
});

describe('the cases that an actor finds in the list', () => {
  it('are those of their teams, or all for those who watch over Trellis', () => {
    expect(caseScope(ACTORS.colleague)).to.deep.equal(['operations']);
    expect(caseScope(ACTORS.rep)).to.deep.equal([]);
    expect(caseScope(ACTORS.auditor)).to.equal('all');
    expect(caseScope(ACTORS.public)).to.deep.equal([]);
    expect(caseScope(ACTORS.taskLink)).to.deep.equal([]);
  });

  it('are never cases that the actor may not see', () => {
    for (const name of EVERYBODY) {
      const scope = caseScope(ACTORS[name]);
      if (scope === 'all' || scope.includes(theCase.team))
        expect(authorize(ACTORS[name], 'case.see', theCase).allowed).to.equal(true);
    }
  });
});
