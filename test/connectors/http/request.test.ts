import { expect } from 'chai';
import fc from 'fast-check';
import { readJson } from '../../../engine/connectors/http/read-json.ts';
import { buildRequest } from '../../../engine/connectors/http/request.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';

const BASE = new URL('https://shop.example/v1/');

describe('the request of a call', () => {
  it('is written below the base address', () => {
    const { url, body } = buildRequest(
      BASE,
      {
        method: 'GET',
        path: '/orders/{order.no}/lines',
        query: { max: 'max', all: 'all', no: 'no' },
      },
      { order: { no: 'A/7 ü?#' }, max: 5, all: true },
    );
    expect(url.href).to.equal(
      'https://shop.example/v1/orders/A%2F7%20%C3%BC%3F%23/lines?max=5&all=true',
    );
    expect(body).to.equal(undefined);
  });

  it('takes its body from one input path, from several, or from the whole input', () => {
    const input = { quote: { no: 'Q1' }, extra: null, more: 1 };
    const bodyOf = (body?: string | Record<string, string>, method: 'POST' | 'DELETE' = 'POST') =>
      buildRequest(BASE, { method, path: '/x', ...(body === undefined ? {} : { body }) }, input)
        .body;
    expect(bodyOf('quote')).to.equal('{"no":"Q1"}');
    expect(bodyOf({ number: 'quote.no', extra: 'extra' })).to.equal('{"number":"Q1"}');
    expect(bodyOf()).to.equal(JSON.stringify(input));
    expect(bodyOf(undefined, 'DELETE')).to.equal(undefined);
  });

  for (const id of ['.', '..', '', '\ud800', null, { a: 1 }, ['a']]) {
    it(`refuses a path part ${JSON.stringify(id)}`, () => {
      const build = () =>
        buildRequest(BASE, { method: 'GET', path: '/orders/{id}' }, { id } as JsonObject);
      expect(build).to.throw().with.property('code', 'wrong-input');
    });
  }

  it('never leaves the approved path, whatever a value is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        try {
          const { url } = buildRequest(BASE, { method: 'GET', path: '/orders/{id}/lines' }, { id });
          const [, v1, orders, value = '', lines, ...rest] = url.pathname.split('/');
          expect([url.origin, v1, orders, lines, rest.length, url.search, url.hash]).to.deep.equal([
            'https://shop.example',
            'v1',
            'orders',
            'lines',
            0,
            '',
            '',
          ]);
          expect(decodeURIComponent(value)).to.equal(id);
        } catch (error) {
          expect(error).to.have.property('code', 'wrong-input');
        }
      }),
    );
  });
});

describe('JSON from outside', () => {
  it('is read as JSON.parse reads it, down to 32 levels', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 10 }), (text) => {
        expect(readJson(text)).to.deep.equal({ json: JSON.parse(text) as unknown });
      }),
    );
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(readJson(nested(32))).to.have.property('json');
    expect(readJson(nested(33))).to.have.property('why');
    expect(readJson(JSON.stringify('['.repeat(99) + '\\"['))).to.have.property('json');
  });

  it('is refused quickly where it is made to be slow', () => {
    const text = `"${'\\"'.repeat(500_000)}`;
    expect(readJson(text)).to.deep.equal({ why: 'is not JSON' });
  });
});
