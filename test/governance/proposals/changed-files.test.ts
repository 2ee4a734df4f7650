import { expect } from 'chai';
import fc from 'fast-check';
import {
  applyChange,
  changedFiles,
  collisions,
} from '../../../engine/governance/proposals/changed-files.ts';

const files = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'))
  .map((texts) => new Map(Object.entries(texts)));

describe('changed files', () => {
  it('lead from the files before to those after, and name no other', () => {
    fc.assert(
      fc.property(files, files, (before, after) => {
        const change = changedFiles(before, after);
        expect(new Map([...applyChange(before, change)].sort())).to.deep.equal(
          new Map([...after].sort()),
        );
        for (const [path, text] of Object.entries(change))
          expect(before.get(path)).not.to.equal(text ?? undefined);
      }),
    );
  });

  it('collide where two changes of the same release touch a file in two ways', () => {
    const base = new Map([
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
    ]);
    const newer = new Map([
      ['a', '2'],
      ['b', '2'],
    ]);
    expect(collisions(base, newer, { a: '3' })).to.deep.equal(['a']);
    expect(collisions(base, newer, { a: '2', d: '1' })).to.deep.equal([]);
    expect(collisions(base, newer, { c: '2' })).to.deep.equal(['c']);
    expect(collisions(base, newer, { c: null })).to.deep.equal([]);
  });

  it('put on a newer release without a collision, keep what both have changed', () => {
    fc.assert(
      fc.property(files, files, files, (base, newer, mine) => {
        const change = changedFiles(base, mine);
        fc.pre(collisions(base, newer, change).length === 0);
        const both = applyChange(newer, change);
        for (const path of Object.keys(change)) expect(both.get(path)).to.equal(mine.get(path));
        for (const path of Object.keys(changedFiles(base, newer)))
          if (!Object.hasOwn(change, path)) expect(both.get(path)).to.equal(newer.get(path));
      }),
    );
  });
});
