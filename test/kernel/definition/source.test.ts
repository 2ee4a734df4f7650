import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readSource } from '../../../engine/kernel/definition/source.ts';
import { applyEdits } from '../../../engine/kernel/definition/source-map.ts';

const codes = (text: string): readonly string[] =>
  readSource(text).problems.map(({ code }) => code);

/** Generous, for coverage slows the code down; what these texts are after takes ten times longer. */
const QUICK = 3000;

/** Processor time, so that a busy machine does not make the test fail. */
function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('source: YAML as plain JSON', () => {
  it('reads the core schema of YAML 1.2', () => {
    const text = 'a: yes\nb: 0o17\nc: 1.5\nd: ~\ne: 2027-03-01\non: true\n"q": [x, {y: z}]\n';
    expect(readSource(text).value).to.deep.equal({
      ...{ a: 'yes', b: 15, c: 1.5, d: null, e: '2027-03-01', on: true },
      q: ['x', { y: 'z' }],
    });
  });

  it('reads names that JavaScript objects inherit like any other', () => {
    const { value } = readSource('constructor: 1\ntoString: 2\n');
    expect(Object.entries(value ?? {})).to.deep.equal([
      ['constructor', 1],
      ['toString', 2],
    ]);
    expect(codes('a: { __proto__: { b: 1 } }')).to.deep.equal(['yaml-key']);
  });

  it('reads back any JSON that was written as YAML', () => {
    // A text with an open bracket looks like a formula that a comma has cut in two, and is told so.
    const text = fc.string({ maxLength: 12 }).filter((one) => !/[([{]/.test(one));
    const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          text.filter((name) => name !== '__proto__'),
          tie('tree'),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (value, flow) => {
        const written = stringify(value, {
          ...(flow ? { collectionStyle: 'flow' as const } : {}),
          aliasDuplicateObjects: false,
        });
        expect(readSource(written)).to.deep.include({ problems: [], value });
      }),
      { numRuns: 200 },
    );
  });

  it('reads an empty text as null', () => {
    expect(readSource('')).to.deep.include({ value: null, problems: [] });
  });
});

describe('source: what is refused', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...['b', 'c', 'd', 'e', 'f'].map((name, index) => {
      const inner = `*${String.fromCharCode(97 + index)}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(', ')}]`;
    }),
  ].join('\n');

  const hostile: readonly [string, string, string][] = [
    ['a bomb of aliases', bomb, 'yaml-anchor'],
    ['more than 64 KB', 'a: '.padEnd(65_537, 'x'), 'yaml-size'],
    ['more than 64 KB in bytes', `a: ${'ä'.repeat(33_000)}`, 'yaml-size'],
    ['10,000 lists inside each other', `a: ${'['.repeat(10_000)}`, 'yaml-depth'],
    ['10,000 closed lists', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'yaml-depth'],
    ['10,000 maps inside each other', '{a: '.repeat(10_000), 'yaml-depth'],
    ['10,000 compact lists', '- '.repeat(10_000), 'yaml-depth'],
    ['10,000 compact keys', '? '.repeat(10_000), 'yaml-depth'],
    ['200 levels of block maps', blocks(200), 'yaml-depth'],
    ['YAML 1.1', '%YAML 1.1\n---\na: no', 'yaml-directive'],
    ['not a number', 'a: .nan', 'yaml-number'],
    ['infinity', 'a: -.inf', 'yaml-number'],
  ];
  it('but not a map of many keys on one line', () => {
    const keys = Array.from({ length: 100 }, (_key, index) => `k${index}: ${index}`);
    expect(codes(`a: { ${keys.join(', ')} }\nb: 1`)).to.deep.equal([]);
  });

  for (const [name, text, code] of hostile) {
    it(`${name}, at once`, () => {
      let found: readonly string[] = [];
      expect(milliseconds(() => (found = codes(text)))).to.be.lessThan(QUICK);
      expect(found[0]).to.equal(code);
    });
  }

  const slow: readonly [string, string][] = [
    ['13,000 names', Array.from({ length: 10_000 }, (_, index) => `k${index}:`).join('\n')],
    ['names without values', `{${Array.from({ length: 9_000 }, (_, i) => `k${i}`).join(',')}}`],
    ['open parentheses', `[${'a(,'.repeat(20_000)}]`],
    ['escaped line ends', `a: "${'\\\n'.repeat(30_000)}"`],
    ['anchors', '&a '.repeat(20_000)],
    ['quotes', `a: ${`"'`.repeat(30_000)}`],
    ['line ends', '\n'.repeat(65_000)],
    ['comments', '#\n'.repeat(32_000)],
    ['block scalars', 'a: |\n '.padEnd(60_000, ' \n')],
  ];
  for (const [name, text] of slow) {
    it(`is quick with many ${name}`, () => {
      expect(milliseconds(() => codes(text))).to.be.lessThan(QUICK);
    });
  }

  it('tells of at most 20 problems', () => {
    expect(codes('a: 1\n'.repeat(100))).to.have.length(20);
  });
});

describe('source: the map', () => {
  const text = `a:\n  b: 'it''s x + y'\n  list: [one, "two"]\nplain: x + y\nfolded: >\n  x +\n  y\n`;
  const { map } = readSource(text);
  const sliceOf = ({ from, to }: { from: number; to: number }): string => text.slice(from, to);

  it('finds values, keys and items', () => {
    expect(sliceOf(map.locate(['a', 'list', 1]))).to.equal('"two"');
    expect(sliceOf(map.locateKey(['a', 'list']))).to.equal('list');
    expect(map.locate(['a', 'list', 1])).to.include({ line: 3, column: 15 });
    expect(sliceOf(map.locateKey(['a', 'list', 0]))).to.equal('one');
  });

  it('finds what is nearest to a path that is not written', () => {
    expect(sliceOf(map.locate(['a', 'list', 7]))).to.equal('[one, "two"]');
    expect(sliceOf(map.locateKey(['a', 'c']))).to.equal('a');
    expect(map.locate(['nothing'])).to.include({ line: 1, column: 1 });
    expect(sliceOf(map.locate(['plain', 'inside']))).to.equal('x + y');
  });

  it('finds characters inside a text value', () => {
    expect(sliceOf(map.locateInside(['plain'], 4, 5))).to.equal('y');
    expect(sliceOf(map.locateInside(['a', 'b'], 5, 6))).to.equal('x');
    expect(sliceOf(map.locateInside(['a', 'list', 1], 0, 3))).to.equal('two');
    expect(sliceOf(map.locateInside(['folded'], 0, 1))).to.equal(sliceOf(map.locate(['folded'])));
    expect(sliceOf(map.locateInside(['a'], 0, 1))).to.equal(sliceOf(map.locate(['a'])));
  });

  it('turns a fix of an expression into a fix of the source', () => {
    const inside = { title: 'Write z', edits: [{ from: 4, to: 5, text: 'z: "q"' }] };
    const fix = map.fixInside(['plain'], inside);
    expect(fix && applyEdits(text, fix)).to.include(`plain: 'x + z: "q"'\n`);
    expect(map.fixInside(['a'], inside)).to.equal(undefined);
  });

  it('gives a problem its place, unless it has one', () => {
    const problem = { code: 'x', severity: 'error', path: ['plain'], message: 'x' } as const;
    expect(map.place(problem).position?.line).to.equal(4);
    const position = map.locate(['a']);
    expect(map.place({ ...problem, position }).position).to.equal(position);
  });
});

function blocks(depth: number): string {
  return Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}a:`).join('\n');
}
