import { expect } from 'chai';
import type { Uploads } from '../../engine/forms/answers.ts';
import { beginDraft } from '../../engine/forms/draft.ts';
import { fileAsked, postStep } from '../../engine/forms/journey.ts';
import type { FileValue } from '../../engine/kernel/values/file-value.ts';
import { journeyOf, modelOf } from './forms-fixture.ts';

const FILE = { type: 'object', 'x-accept': ['application/pdf'], 'x-maxSize': '1 MB' };
const TYPES = {
  Permit: {
    type: 'object',
    required: ['name', 'plan'],
    properties: { name: { type: 'string' }, plan: FILE, extra: FILE, city: { type: 'string' } },
  },
};
const PLAN: FileValue = {
  ...{ id: 'f-1', name: 'plan.pdf', type: 'application/pdf', size: 10 },
  sha256: 'a'.repeat(64),
};

/** A page that somebody sends, with or without a file. */
function sent(answers: Readonly<Record<string, string>>, uploads?: Uploads) {
  const texts = Object.entries(answers).map(([name, text]) => [name, [text]] as const);
  return {
    ...{ answers: Object.fromEntries(texts), controls: {} },
    ...(uploads === undefined ? {} : { uploads }),
  };
}

describe('a form with files', () => {
  const model = modelOf(
    '{ permit: Permit, why: { kind: text } }',
    "{ title: T, fields: [{ field: permit, required: true }, { field: why, when: 'permit.extra != null' }] }",
    TYPES,
  );

  it('gives each a page of its own, after what it stands among', () => {
    const asked = model.pages.map(({ questions }) => questions.map(({ pointer }) => pointer));
    expect(asked).to.deep.equal([
      ['/permit/name', '/permit/city'],
      ['/permit/plan'],
      ['/permit/extra'],
      ['/why'],
    ]);
  });

  it('asks on no page for what another one asks', () => {
    const journey = journeyOf(model, {}, TYPES);
    const first = postStep(
      journey,
      beginDraft(model, {}),
      'page-1',
      sent({ '/permit/name': 'Barn', '/permit/city': '' }),
    );
    if (first.kind !== 'go') throw new Error(JSON.stringify(first));
    expect(first.step).to.include({ kind: 'page', page: 1 });
    expect(fileAsked(journey, first.draft, 'page-2')?.pointer).to.equal('/permit/plan');
    expect(fileAsked(journey, first.draft, 'page-1')).to.equal(undefined);
    const without = postStep(journey, first.draft, 'page-2', sent({}));
    expect(without.kind === 'show' && without.errors.map(({ text }) => text)).to.deep.equal([
      'Upload your plan',
    ]);
    const uploads: Uploads = new Map([['/permit/plan', { kind: 'stored', file: PLAN }]]);
    const second = postStep(journey, first.draft, 'page-2', sent({}, uploads));
    if (second.kind !== 'go') throw new Error(JSON.stringify(second));
    // What was uploaded stays when the page is sent again without a file.
    const again = postStep(journey, second.draft, 'page-2', sent({}));
    expect(again.kind === 'go' && again.draft.values).to.deep.equal({
      permit: { name: 'Barn', plan: PLAN },
    });
    const last = postStep(journey, second.draft, 'page-3', sent({}));
    expect(last.kind === 'submitted' && last.values.data).to.deep.equal({
      permit: { name: 'Barn', plan: PLAN },
    });
  });

  it('holds what it was given against the type of its field', () => {
    const journey = journeyOf(model, {}, TYPES);
    const draft = { values: { permit: { name: 'Barn' } } };
    const big = { ...PLAN, size: 1_000_001 };
    const picture = { ...PLAN, type: 'image/png' };
    for (const [file, says] of [
      [big, 'Plan must be 1 MB or smaller'],
      [picture, 'Plan must be a file of type application/pdf'],
    ] as const) {
      const uploads: Uploads = new Map([['/permit/plan', { kind: 'stored', file }]]);
      const reply = postStep(journey, draft, 'page-2', sent({}, uploads));
      expect(reply.kind === 'show' && reply.errors.map(({ text }) => text)).to.deep.equal([says]);
    }
  });
});
