import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { connectorFaults } from '../../engine/governance/connector-faults.ts';
import { limitsOf } from '../../engine/governance/connector-limits.ts';
import {
  connectorSchemas,
  messagesOf,
  operationsOf,
} from '../../engine/governance/connector-manifest.ts';
import type { WrittenConnector } from '../../engine/governance/connector-manifest.ts';
import { valueAt } from '../../engine/governance/input-path.ts';
import { createValidator } from '../../engine/kernel/validator/validator.ts';

function meridian(name: string): WrittenConnector {
  return parse(
    readFileSync(`core-data/connectors/${name}/connector.yaml`, 'utf8'),
  ) as WrittenConnector;
}

const validator = createValidator(new Map());

function fits(manifest: WrittenConnector): readonly string[] {
  return validator
    .compile(connectorSchemas[manifest.kind])(manifest)
    .map(({ pointer, message }) => `${pointer} ${message}`);
}

/** A manifest with one thing written differently. */
function altered(name: string, path: string, value: unknown): WrittenConnector {
  const copy = structuredClone(meridian(name)) as unknown as Record<string, unknown>;
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  let place = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return copy as unknown as WrittenConnector;
}

describe('a connector manifest', () => {
  for (const name of ['oms', 'pricing', 'mail']) {
    it(`of the bundled company is sound: ${name}`, () => {
      expect(fits(meridian(name))).to.deep.equal([]);
      expect(connectorFaults(meridian(name))).to.deep.equal([]);
    });
  }

  it('names its operations and messages', () => {
    expect([...operationsOf(meridian('oms')).keys()]).to.deep.equal([
      'findCustomer',
      'reserveStock',
      'releaseReservation',
      'createOrder',
      'getOrder',
    ]);
    expect([...messagesOf(meridian('oms')).keys()]).to.deep.equal([
      'orderConfirmed',
      'orderRejected',
    ]);
    expect([...messagesOf(meridian('mail'))]).to.deep.equal([]);
  });

  const misshapen: readonly [string, string, string, unknown][] = [
    ['an unknown key', 'oms', 'redirects', true],
    ['a host in the path', 'oms', 'operations/getOrder/request/path', '//evil.example/'],
    ['a query in the path', 'oms', 'operations/getOrder/request/path', '/orders?all'],
    [
      'a header with a line break',
      'oms',
      'operations/createOrder/request/idempotencyHeader',
      'a\nb',
    ],
    ['an unknown delivery', 'oms', 'operations/getOrder/delivery', 'exactlyOnce'],
    ['a duration without a unit', 'oms', 'defaults/timeout', '10'],
    ['no input', 'oms', 'operations/getOrder/input', undefined],
    ['a statement that writes', 'pricing', 'operations/lookup/effect', 'write'],
    ['a literal recipient', 'mail', 'operations/send/to', 'all@example.org'],
  ];
  for (const [title, name, path, value] of misshapen) {
    it(`is refused by its meta-schema with ${title}`, () => {
      expect(fits(altered(name, path, value))).not.to.deep.equal([]);
    });
  }

  const faulty: readonly [string, string, string, unknown][] = [
    ['lookup-missing', 'oms', 'operations/createOrder/lookup', undefined],
    ['lookup-unused', 'oms', 'operations/createOrder/delivery', 'idempotent'],
    ['lookup-operation', 'oms', 'operations/createOrder/lookup/operation', 'reserveStock'],
    ['lookup-operation', 'oms', 'operations/createOrder/lookup/operation', 'nothing'],
    ['lookup-input', 'oms', 'operations/createOrder/lookup/operation', 'findCustomer'],
    ['lookup-output', 'oms', 'operations/getOrder/output', { type: 'object' }],
    ['input-path', 'oms', 'operations/createOrder/lookup/by', 'order.quoteNo'],
    ['input-path', 'oms', 'operations/getOrder/request/path', '/orders/{constructor}'],
    ['input-path', 'oms', 'operations/getOrder/request/query', { q: 'other' }],
    ['input-path', 'oms', 'operations/createOrder/request/body', { q: 'other' }],
    ['input-path', 'pricing', 'operations/lookup/parameters/lines', 'rows'],
    ['statement-parameter', 'pricing', 'operations/lookup/statement', 'select :other::text'],
    ['statement-identifier', 'pricing', 'operations/lookup/statement', 'select * from :lines:'],
    ['mail-input', 'mail', 'operations/send/input/required', ['to']],
    ['mail-input', 'mail', 'operations/send/input/properties/bcc', { type: 'string' }],
    ['correlate', 'oms', 'messages/orderConfirmed/correlate', 'orderNo'],
    ['correlate', 'oms', 'messages/orderConfirmed/body/required', []],
    ['signature-missing', 'oms', 'signature', undefined],
    ['secret-undeclared', 'oms', 'secrets', ['oms-token']],
  ];
  for (const [code, name, path, value] of faulty) {
    it(`is refused as ${code} when ${path} is ${value === undefined ? 'missing' : JSON.stringify(value)}`, () => {
      const found = connectorFaults(altered(name, path, value));
      expect(found.map((fault) => fault.code)).to.deep.equal([code]);
    });
  }

  it('takes casts and texts of a statement for what they are', () => {
    const statement = "select :lines::text, 'a:b', '12:30', :priceList";
    expect(
      connectorFaults(altered('pricing', 'operations/lookup/statement', statement)),
    ).to.deep.equal([]);
  });
});

describe('the limits of an operation', () => {
  it('have defaults', () => {
    expect(limitsOf({})).to.deep.equal({
      timeout: 10_000,
      retry: { attempts: 5, first: 2000, backoff: 'exponential' },
      concurrency: 8,
      breaker: { failures: 5, open: 60_000 },
    });
  });

  it('come from the operation before the connector', () => {
    const limits = limitsOf(
      { timeout: '1 second', retry: { attempts: 2 }, rateLimit: '3 per hour' },
      {
        timeout: '9 hours',
        retry: { first: '1 minute' },
        rateLimit: '1 per second',
        concurrency: 2,
      },
    );
    expect(limits).to.deep.include({
      timeout: 1000,
      retry: { attempts: 2, first: 60_000, backoff: 'exponential' },
      rateLimit: { calls: 3, per: 3_600_000 },
      concurrency: 2,
    });
  });
});

describe('an input path', () => {
  it('leads to a value, and to nothing else', () => {
    const input = { quote: { no: 'Q1', note: null }, list: ['a'] };
    expect(valueAt(input, 'quote.no')).to.equal('Q1');
    for (const path of ['quote.note', 'quote.no.length', 'list.length.x', 'constructor', 'a.b']) {
      expect(valueAt(input, path), path).to.equal(undefined);
    }
  });
});
