import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';

const workflow = (data: string): string => `workflow: sample
title: Sample
team: operations
core: 1
reference: S-{number}
data: { field: ${data} }
start: { calling: { run: [field] } }
states: { ended: { final: completed } }
`;

/** The fixes of what a field of the data is refused for. */
function mended(data: string): readonly (string | undefined)[] {
  const text = workflow(data);
  const { problems } = checkSource({ name: 'sample', text, files: {} }, meridianCore);
  return problems.map(({ fix }) => {
    const [edit] = fix?.edits ?? [];
    const after = edit && text.slice(0, edit.from) + edit.text + text.slice(edit.to);
    return /data: \{ field: (.*) \}/.exec(after ?? '')?.[1];
  });
}

describe('a word that may not stand where it does', () => {
  const meant = [
    ['{ kind: integer }', '{ kind: whole number }'],
    ['{ kind: Whole Number }', '{ kind: whole number }'],
    ['{ kind: boolean }', '{ kind: yes/no }'],
    ['{ kind: datetime }', '{ kind: date-time }'],
    ['{ kind: texst }', '{ kind: text }'],
    ['{ kind: text, classification: intern }', '{ kind: text, classification: internal }'],
    ['decimal', '{ kind: decimal }'],
    ['yes/no', '{ kind: yes/no }'],
    ['string', '{ kind: text }'],
  ] as const;

  for (const [written, right] of meant) {
    it(`is mended: ${written} to ${right}`, () => {
      expect(mended(written)).to.deep.equal([right]);
      expect(mended(right)).to.deep.equal([]);
    });
  }

  it('is left alone where nothing comes near', () => {
    expect(mended('{ kind: banana }')).to.deep.equal([undefined]);
    expect(mended('banana')).to.deep.equal([undefined]);
  });
});
