import { expect } from 'chai';
import { WORKFLOW_JUDGE } from '../../../engine/forms/workflow-judge.ts';
import { isReleasable, judgeChange } from '../../../engine/governance/proposals/judge.ts';
import type { Judgement } from '../../../engine/governance/proposals/judge.ts';
import { suggestedUpgrade } from '../../../engine/governance/upgrade/suggest.ts';
import { customer } from '../evolution/states.ts';
import { DESK, deskFiles } from './desk-workflow.ts';

const FIELDS = `
    id: { type: string }
    vatNo: { type: string, maxLength: 20 }
    segment: { enum: [key, oem] }`;
const RENAMED = FIELDS.replace('vatNo: {', 'taxId: { x-alias: vatNo,');
const NOW = Date.parse('2027-01-15T10:00Z');

/** What a change comes to: of the type, with these ways forward. */
function judged(type: string, upgrade?: string): Judgement {
  return judgeChange(
    {
      earlier: [{ release: '1.1', files: Object.fromEntries(deskFiles(customer(1, FIELDS))) }],
      change: {
        'types/Customer.yaml': type,
        ...(upgrade === undefined ? {} : { 'upgrade.yaml': upgrade }),
      },
      release: '1.2',
      workflows: [{ ...DESK, version: 3, pins: {}, release: '1.1' }],
      now: NOW,
    },
    WORKFLOW_JUDGE,
  );
}

const names = (all: readonly { readonly name: string }[]): readonly string[] =>
  all.map(({ name }) => name);

describe('the ways forward of a change', () => {
  const renamed = customer(2, RENAMED);
  const behind = (more = ''): string =>
    `from: '1.1'\nbehind: { until: '2027-03-01', workflows: [desk] }\n${more}`;

  it('let workflows stay behind that it breaks, and nothing else', () => {
    const refused = judged(renamed);
    expect(names(refused.broken)).to.deep.equal(['desk']);
    expect(isReleasable(refused)).to.equal(false);
    const found = judged(renamed, behind());
    expect(found.problems).to.deep.equal([]);
    expect([names(found.broken), names(found.behind)]).to.deep.equal([[], ['desk']]);
    expect(found.until).to.equal('2027-03-01');
    expect(isReleasable(found)).to.equal(true);
    expect(found.passed, 'what stays behind has passed nothing').to.deep.equal([]);
  });

  it('are a risk that somebody has to look at', () => {
    const { risk, reasons } = judged(renamed, behind());
    expect(risk).to.equal('high');
    expect(reasons).to.deep.equal(['desk may stay on the release before until 2027-03-01.']);
  });

  it('fill what a type asks of values that lack it', () => {
    const required = customer(2, RENAMED, ['taxId']);
    const [verdict] = judged(required, behind()).forbidden;
    expect(verdict).to.include({ rule: 'required', field: 'taxId' });
    const fill = `backfill: [{ type: Customer, field: taxId, set: '"none"' }]\n`;
    const found = judged(required, behind(fill));
    expect(found.problems).to.deep.equal([]);
    expect(found.forbidden).to.deep.equal([]);
    expect(isReleasable(found)).to.equal(true);
  });

  it('do not make up for what a formula cannot give', () => {
    const problem = (set: string): string => {
      const fill = `backfill: [{ type: Customer, field: taxId, set: '${set}' }]\n`;
      const [found] = judged(customer(2, RENAMED, ['taxId']), behind(fill)).problems;
      return `${found?.file ?? ''}:${found?.position?.line ?? 0} ${found?.code ?? ''}`;
    };
    expect(problem('old.nothing')).to.equal('upgrade.yaml:3 unknown-field');
    expect(problem('7')).to.equal('upgrade.yaml:3 wrong-kind');
  });

  for (const [what, upgrade, at] of [
    ['of another release', behind().replace("'1.1'", "'1.7'"), 'upgrade.yaml:1 upgrade-from'],
    [
      'until a day that is over',
      behind().replace('2027-03', '2026-12'),
      'upgrade.yaml:2 deadline-over',
    ],
    [
      'for a workflow that there is not',
      behind().replace('desk', 'disk'),
      'upgrade.yaml:2 unknown-workflow',
    ],
    [
      'for a type that there is not',
      `from: '1.1'\nbackfill: [{ type: Custom, field: taxId, set: '1' }]\n`,
      'upgrade.yaml:2 unknown-type',
    ],
    [
      'for a field that there is not',
      `from: '1.1'\nbackfill: [{ type: Customer, field: vatNo, set: '1' }]\n`,
      'upgrade.yaml:2 unknown-field',
    ],
    [
      'for cases of a workflow that there is not',
      `from: '1.1'\nmigrate: { disk: { states: { a: b } } }\n`,
      'upgrade.yaml:2 unknown-workflow',
    ],
    [
      'for a state that there is not',
      `from: '1.1'\nmigrate: { desk: { states: { nowhere: first } } }\n`,
      'upgrade.yaml:2 unknown-state',
    ],
    [
      'for a name that there was not',
      `from: '1.1'\nrenamed: { depot.tak: depot.take }\n`,
      'upgrade.yaml:2 unknown-name',
    ],
    [
      'for a name that is still there',
      `from: '1.1'\nrenamed: { depot.take: depot.give }\n`,
      'upgrade.yaml:2 renamed-wrong',
    ],
    [
      'for a name of another kind',
      `from: '1.1'\nrenamed: { Customer.vatNo: depot.give }\n`,
      'upgrade.yaml:2 renamed-wrong',
    ],
    ['by another word', `from: '1.1'\nlater: true\n`, 'upgrade.yaml:2 unknown-key'],
    ['from no release', `from: 1.1\n`, 'upgrade.yaml:1 wrong-form'],
  ] as const) {
    it(`are refused ${what}, at their place`, () => {
      const [found] = judged(renamed, upgrade).problems;
      expect(`${found?.file ?? ''}:${found?.position?.line ?? 0} ${found?.code ?? ''}`).to.equal(
        at,
      );
    });
  }

  it('say nothing once another release stands', () => {
    const files = new Map([...deskFiles(customer(1, FIELDS)), ['upgrade.yaml', behind()]]);
    const found = judgeChange(
      {
        earlier: [{ release: '1.2', files: Object.fromEntries(files) }],
        change: { 'types/Customer.yaml': renamed },
        release: '1.3',
        workflows: [{ ...DESK, version: 3, pins: {}, release: '1.2' }],
        now: NOW,
      },
      WORKFLOW_JUDGE,
    );
    expect(names(found.broken)).to.deep.equal(['desk']);
    expect(found.behind).to.deep.equal([]);
  });

  it('can be begun with what is suggested', () => {
    const refused = judged(customer(2, RENAMED, ['taxId']));
    const text = suggestedUpgrade({ ...refused, release: '1.1', until: '2027-02-14' });
    const asIs = judged(customer(2, RENAMED, ['taxId']), text);
    expect(asIs.problems).to.deep.equal([]);
    expect(names(asIs.behind)).to.deep.equal(['desk']);
    const filled = text.replaceAll(/^# (?=backfill:| {2}- )/gmu, '').replace('…', '"none"');
    expect(isReleasable(judged(customer(2, RENAMED, ['taxId']), filled))).to.equal(true);
  });
});
