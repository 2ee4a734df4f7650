import { expect } from 'chai';
import fc from 'fast-check';
import { readBundle, showBundle } from '../../../engine/governance/bundle/bundle.ts';
import type { CoreBundle } from '../../../engine/governance/bundle/bundle.ts';
import { bundleOfCore, coreOfBundle } from '../../../engine/governance/bundle/core-bundle.ts';
import {
  bundleOfWorkflows,
  workflowsOfBundle,
} from '../../../engine/governance/bundle/workflow-bundle.ts';
import { lockContent } from '../../../engine/governance/lock.ts';
import type { Release } from '../../../engine/governance/release.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { signedRelease, somebody } from '../proposals/keys.ts';

const FILES = new Map([
  ['core.yaml', 'name: Desk\nline: 1\n'],
  ['types/Customer.yaml', 'type: Customer\n'],
]);
const SIGNED = signedRelease(somebody('Anna'), [somebody('Bob')], FILES);

const SIGNED_RELEASE: Release = {
  ...{ release: '1.2', digest: lockContent(FILES, '1.2').digest },
  files: Object.fromEntries(FILES),
  signed: {
    ...{ previous: SIGNED.release.previous, title: SIGNED.release.title },
    ...{ author: SIGNED.author, approvals: SIGNED.approvals },
  },
};
const SOURCE = { name: 'desk', text: 'workflow: desk\n', files: { 'cases.yaml': 'cases: []\n' } };
const FROM = { company: 'Desk', release: { release: '1.2', digest: 'a'.repeat(64) } };
const CORE = bundleOfCore(SIGNED_RELEASE);
const WORKFLOWS = bundleOfWorkflows(FROM, [{ version: 3, source: SOURCE }]);

/** Why a text is no bundle; nothing where it is one. */
function why(text: string): string | undefined {
  try {
    const bundle = readBundle(text);
    if (bundle.kind === 'core') coreOfBundle(bundle);
    else workflowsOfBundle(bundle);
    return undefined;
  } catch (error) {
    if (error instanceof TrellisError && error.code === 'bundle-unreadable') return error.message;
    throw error;
  }
}

describe('a bundle', () => {
  it('gives back what it was made of, and is the same text each time', () => {
    const core = readBundle(CORE) as CoreBundle;
    expect(coreOfBundle(core)).to.deep.equal({ release: SIGNED_RELEASE, isSigned: true });
    expect(bundleOfCore(coreOfBundle(core).release)).to.equal(CORE);
    const bundle = readBundle(WORKFLOWS);
    if (bundle.kind !== 'workflows') throw new Error('It is a core.');
    expect(workflowsOfBundle(bundle)).to.deep.equal([{ version: 3, source: SOURCE }]);
    expect(bundleOfWorkflows(FROM, workflowsOfBundle(bundle))).to.equal(WORKFLOWS);
  });

  it('is refused whole with any character changed, taken out or put in', () => {
    const edit = fc.record({
      text: fc.constantFrom(CORE, WORKFLOWS),
      at: fc.nat(),
      drop: fc.integer({ min: 0, max: 3 }),
      put: fc.string({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(edit, ({ text, at, drop, put }) => {
        const from = at % text.length;
        const changed = text.slice(0, from) + put + text.slice(from + drop);
        if (changed !== text) expect(why(changed), changed).not.to.equal(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('says what is wrong with it', () => {
    const parsed = JSON.parse(CORE) as Record<string, unknown>;
    const written = (change: object): string => `${JSON.stringify({ ...parsed, ...change })}\n`;
    expect(why('')).to.contain('This is no whole bundle');
    expect(why('[]')).to.contain('"format"');
    expect(why('null')).to.contain('"format"');
    expect(why(written({ format: 'trellis/bundle/2' }))).to.contain('reads "trellis/bundle/1"');
    expect(why(written({ more: 1 }))).to.contain('more');
    expect(why(written({ kind: 'workflows' }))).not.to.equal(undefined);
    expect(why(JSON.stringify(parsed, null, 2))).to.contain('not written as it is exported');
    expect(why(CORE.slice(0, 200))).not.to.equal(undefined);
  });

  it('holds the core against its lock, whatever digest somebody gives the whole', () => {
    const { lock, files, company } = readBundle(CORE) as CoreBundle;
    const made = (change: object): string =>
      showBundle({ ...{ kind: 'core', company, lock, files }, ...change });
    expect(why(made({}))).to.equal(undefined);
    expect(why(made({ files: { ...files, 'core.yaml': 'name: Else\n' } }))).to.contain('core.yaml');
    expect(why(made({ files: { ...files, '../x': '' } }))).to.contain('../x');
    const [approval] = SIGNED.approvals;
    const forged = { ...lock, approvals: [{ ...approval, name: 'Eve' }] };
    expect(why(made({ lock: forged }))).to.contain('The signature of bob@example.org is wrong.');
    const nobody = { ...lock, approvals: [] };
    expect(why(made({ lock: nobody }))).to.contain('Nobody has approved it.');
  });

  it('holds each workflow against its digest, and has it once', () => {
    const bundle = readBundle(WORKFLOWS);
    if (bundle.kind !== 'workflows') throw new Error('It is a core.');
    const [one] = bundle.workflows;
    if (one === undefined) throw new Error('It is empty.');
    const made = (workflows: readonly object[]): string =>
      showBundle({ kind: 'workflows', ...FROM, workflows: workflows as never });
    expect(why(made([{ ...one, text: 'workflow: other\n' }]))).to.contain('digest of the workflow');
    expect(why(made([one, one]))).to.contain('"desk" twice');
    expect(why(made([]))).not.to.equal(undefined);
    expect(why(made([{ ...one, name: '../desk' }]))).to.contain('name');
  });
});
