import { expect } from 'chai';
import { classify } from '../../../engine/connectors/http/classify.ts';
import type { WireAnswer } from '../../../engine/connectors/http/classify.ts';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const NOW = Date.parse('2027-03-01T09:00:00Z');
const ERRORS = { CREDIT_HOLD: 'final', BUSY: 'retry', 'http-404': 'final' } as const;

const wire = (
  status: number,
  body = '',
  headers: WireAnswer['headers'] = JSON_TYPE,
): WireAnswer => ({ status, body, headers });

const meaning = (answer: WireAnswer) => classify('shop.buy', ERRORS, answer, NOW);

describe('what an HTTP answer means', () => {
  const table: readonly [string, WireAnswer, Record<string, unknown>][] = [
    ['200 is the output', wire(200, '{"id":1}'), { kind: 'ok' }],
    [
      'a suffix of JSON is JSON',
      wire(200, '{}', { 'content-type': 'application/hal+json' }),
      { kind: 'ok' },
    ],
    [
      'text is no JSON',
      wire(200, '{}', { 'content-type': 'text/json' }),
      { kind: 'broken', code: 'wrong-answer' },
    ],
    ['no type is no JSON', wire(200, '{}', {}), { kind: 'broken', code: 'wrong-answer' }],
    ['300 is not followed', wire(300), { kind: 'broken', code: 'http-300' }],
    ['400 needs a person', wire(400), { kind: 'broken', code: 'http-400' }],
    ['404 as declared', wire(404), { kind: 'final', code: 'http-404' }],
    ['408 may have happened', wire(408), { kind: 'retry', code: 'http-408' }],
    ['429 did not happen', wire(429), { kind: 'retry', code: 'http-429', certainly: 'not done' }],
    ['500 may have happened', wire(500), { kind: 'retry', code: 'http-500' }],
    [
      '503 too',
      wire(503, 'down', { 'content-type': 'text/html' }),
      { kind: 'retry', code: 'http-503' },
    ],
    ['a final code', wire(409, '{"code":"CREDIT_HOLD"}'), { kind: 'final', code: 'CREDIT_HOLD' }],
    [
      'a final code of a 500',
      wire(500, '{"code":"CREDIT_HOLD"}'),
      { kind: 'final', code: 'CREDIT_HOLD' },
    ],
    [
      'a code to retry',
      wire(409, '{"code":"BUSY"}'),
      { kind: 'retry', code: 'BUSY', certainly: 'not done' },
    ],
    [
      'a code that is not declared',
      wire(409, '{"code":"OTHER"}'),
      { kind: 'broken', code: 'http-409' },
    ],
    ['a code that is no code', wire(409, '{"code":{"a":1}}'), { kind: 'broken', code: 'http-409' }],
    [
      'an inherited name',
      wire(409, '{"code":"constructor"}'),
      { kind: 'broken', code: 'http-409' },
    ],
    ['a list', wire(409, '["BUSY"]'), { kind: 'broken', code: 'http-409' }],
    ['half a body', wire(409, '{"code":'), { kind: 'broken', code: 'http-409' }],
  ];
  for (const [title, answer, expected] of table) {
    it(title, () => {
      const found = meaning(answer);
      expect(found).to.include(expected);
      if (!('certainly' in expected)) expect(found).not.to.have.property('certainly');
    });
  }

  const pauses: readonly [string, number | undefined][] = [
    ['120', 120_000],
    ['Mon, 01 Mar 2027 09:00:30 GMT', 30_000],
    ['Mon, 01 Mar 2027 08:00:00 GMT', 0],
    ['99999999', 86_400_000],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [written, after] of pauses) {
    it(`reads Retry-After: "${written}"`, () => {
      const found = meaning(wire(503, '', { 'retry-after': written }));
      expect('after' in found ? found.after : undefined).to.equal(after);
    });
  }

  it('repeats nothing of a body but a plain code', () => {
    const found = meaning(wire(409, '{"code":"a b <script>","message":"Ada owes 5"}'));
    expect(found).to.have.property('message', 'shop.buy answered 409.');
  });
});
