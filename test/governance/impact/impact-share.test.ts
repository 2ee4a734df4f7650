import { expect } from 'chai';
import { impactOfQuestion } from '../../../engine/forms/impact-of-core.ts';
import { DESK, deskFiles } from '../upgrade/desk-workflow.ts';
import { customer } from '../evolution/states.ts';

const FIELDS = `
    id: { type: string }
    vatNo: { type: string }`;
const filesOf = (version: number, fields: string) =>
  Object.fromEntries(deskFiles(customer(version, fields)));

describe('shares of the impact of a change', () => {
  const versions = Array.from({ length: 7 }, (_, number) => {
    const name = `desk-${String(number)}`;
    const text = DESK.source.text.replace(/^workflow: .*/u, `workflow: ${name}`);
    return { name, version: 1, pins: {}, source: { ...DESK.source, name, text } };
  });
  const question = {
    before: { release: '1.1', files: filesOf(1, `${FIELDS}\n    segment: { enum: [key, oem] }`) },
    after: { release: '1.2', files: filesOf(2, FIELDS) },
    versions,
  };

  it('are the whole when they are put together, however many there are', () => {
    const whole = impactOfQuestion(question);
    expect(whole.filter(({ verdict }) => verdict === 'broken')).to.have.length(versions.length);
    for (const of of [1, 2, 3, 7, 9]) {
      const shares = Array.from({ length: of }, (_, number) =>
        impactOfQuestion({ ...question, share: { number, of } }),
      );
      expect(shares.flat(), `${of} shares`).to.deep.equal(whole);
    }
  });

  it('are empty where the changed core has errors', () => {
    const after = { release: '1.2', files: { ...question.after.files, 'policies.yaml': ': no' } };
    expect(impactOfQuestion({ ...question, after })).to.deep.equal([]);
  });
});
