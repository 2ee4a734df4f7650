import { expect } from 'chai';
import fc from 'fast-check';
import { readWorkflow } from '../../../engine/kernel/definition/read-workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

const RUNS = process.env['TRELLIS_TEST_SIZE'] === 'full' ? 3000 : 300;
const { text } = onlineQuote;
const words = [...new Set(text.match(/[\w.^-]+/g))];
const TOKENS = [
  ...['{', '}', '[', ']', ',', ': ', '\n', '\n  ', '  ', "'", '"', '!x', '&a', '*a', '#', '|', '>'],
  ...[
    '- ',
    '? ',
    '%',
    '@',
    '---\n',
    '\t',
    '__proto__: 1',
    '.nan',
    '1e999',
    'null',
    '{{x}}',
    '\u0000',
  ],
  ...words,
];

type Edit = (text: string) => string;
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...TOKENS)).map(([at, token]): Edit => insert(at, token)),
  fc.tuple(place, fc.nat(40)).map(([at, length]): Edit => remove(at, length)),
  fc.tuple(place, fc.constantFrom(...words)).map(([at, word]): Edit => replaceWord(at, word)),
  fc.tuple(place, place).map(([from, to]): Edit => moveLine(from, to)),
);

describe('definition: broken texts', () => {
  it(`${RUNS} mutations of online-quote are read without a crash, each problem placed`, function () {
    this.timeout(300_000);
    let broken = 0;
    let slowest = 0;
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 3 }), (list) => {
        const mutated = list.reduce((current, edit) => edit(current), text);
        const before = process.cpuUsage();
        const { workflow, problems } = readWorkflow(
          { ...onlineQuote, text: mutated },
          meridianCore,
        );
        const { user, system } = process.cpuUsage(before);
        slowest = Math.max(slowest, (user + system) / 1000);
        broken += problems.length > 0 ? 1 : 0;
        expect(workflow === undefined).to.equal(problems.length > 0);
        for (const { code, message, position } of problems) {
          expect(code).to.match(/^[a-z]+(-[a-z]+)*$/);
          expect(message).not.to.match(/undefined|\[object|NaN/);
          expect(position?.line).to.be.within(1, mutated.split('\n').length);
        }
      }),
      { numRuns: RUNS },
    );
    expect(slowest).to.be.lessThan(1000);
    expect(broken).to.be.greaterThan(RUNS / 2);
  });
});

function insert(at: number, token: string): Edit {
  return (current) => {
    const offset = Math.floor(at * current.length);
    return current.slice(0, offset) + token + current.slice(offset);
  };
}

function remove(at: number, length: number): Edit {
  return (current) => {
    const offset = Math.floor(at * current.length);
    return current.slice(0, offset) + current.slice(offset + length);
  };
}

function replaceWord(at: number, word: string): Edit {
  return (current) => {
    const offset = Math.floor(at * current.length);
    const rest = current.slice(offset).replace(/[\w.^-]+/, word);
    return current.slice(0, offset) + rest;
  };
}

function moveLine(from: number, to: number): Edit {
  return (current) => {
    const lines = current.split('\n');
    const [line = ''] = lines.splice(Math.floor(from * lines.length), 1);
    lines.splice(Math.floor(to * lines.length), 0, line);
    return lines.join('\n');
  };
}
