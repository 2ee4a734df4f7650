import { expect } from 'chai';
import { buildCoreView } from '../../../engine/governance/core/build-core-view.ts';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { WORKSHOP_FILES } from '../../kernel/fixtures/workshop.ts';

const MAIL = 'connectors/mail/connector.yaml';

function readWith(recipients: string) {
  const manifest = `${WORKSHOP_FILES.get(MAIL) ?? ''}    recipients: ${recipients}\n`;
  return readCore(new Map([...WORKSHOP_FILES, [MAIL, manifest]]));
}

function codesIn(recipients: string): readonly string[] {
  return readWith(recipients).problems.map(({ code }) => code);
}

describe('the recipients of a mail operation', () => {
  it('name fields of types, people and a workflow’s own, and roles', () => {
    const { core, problems } = readWith(
      '{ fields: [Item.label, starter.email, actor.email, own], roles: [clerk] }',
    );
    expect(problems).to.deep.equal([]);
    const view = core && buildCoreView(core, '1.1');
    expect(view?.operations.get('mail.send')?.recipients).to.deep.equal({
      fields: ['Item.label', 'starter.email', 'actor.email', 'own'],
      roles: ['clerk'],
    });
  });

  it('are anybody of a kind that is not named', () => {
    const { core } = readWith('{ roles: [] }');
    const view = core && buildCoreView(core, '1.1');
    expect(view?.operations.get('mail.send')?.recipients).to.deep.equal({
      fields: 'any',
      roles: [],
    });
  });

  it('are refused where there is no such field or role, or where one is written out', () => {
    expect(codesIn('{ fields: [Item.lable] }')).to.deep.equal(['unknown-field']);
    expect(codesIn('{ fields: [Itm.label] }')).to.deep.equal(['unknown-type']);
    expect(codesIn('{ roles: [clark] }')).to.deep.equal(['unknown-role']);
    expect(codesIn('{ fields: [a@a.example] }')).to.deep.equal(['wrong-form']);
    expect(codesIn('all@example.org')).to.deep.equal(['wrong-form']);
    expect(codesIn('{ addresses: any }')).to.deep.equal(['unknown-key']);
  });
});
