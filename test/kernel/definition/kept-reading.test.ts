import { expect } from 'chai';
import type { Json } from '../../../engine/kernel/json.ts';
import type { Path } from '../../../engine/kernel/problem.ts';
import type { ReadSource } from '../../../engine/kernel/definition/source.ts';
import { keepReading, readKept, readSource } from '../../../engine/kernel/definition/source.ts';
import { meridianWorkflow } from '../../runtime/meridian.ts';
import { readFixtures } from './read-fixtures.ts';

/** Every path of a value, and one beside each that is not written. */
function pathsOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path, [...path, 'inside']];
  const inside = Array.isArray(value)
    ? value.flatMap((item: Json, index) => pathsOf(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]));
  return [path, [...path, 'not written'], [...path, 99], ...inside];
}

/** All that is said of places in a text. */
function said({ value = null, map }: ReadSource): readonly unknown[] {
  const fix = { title: 'Write y', edits: [{ from: 0, to: 1, text: "y'" }] };
  return pathsOf(value).map((path) => [
    ...[path, map.locate(path), map.locateKey(path), map.locateInside(path, 1, 2)],
    map.fixInside(path, fix),
  ]);
}

describe('what was read of a text and kept', () => {
  const texts = [
    meridianWorkflow('online-quote').text,
    ...readFixtures().map(({ source }) => source.text),
    `a:\n  b: 'it''s x + y'\n  list: [one, "t\\"wo", , ~]\n1: x\nempty:\nfolded: >\n  x +\n  y\nn: [-0, 1.50, 0x1F]\n`,
    '',
  ];

  it('says the same as reading the text again, of every place', () => {
    let kept = 0;
    for (const text of texts) {
      const reading = keepReading(text);
      if (reading === undefined) continue;
      kept += 1;
      const again = readKept(text, reading);
      const first = readSource(text);
      expect(again.value).to.deep.equal(first.value);
      expect(said(again)).to.deep.equal(said(first));
    }
    expect(kept).to.be.greaterThan(50);
  });

  it('is nothing where there are problems', () => {
    expect(keepReading('a: &b 1')).to.equal(undefined);
  });
});
