import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';
import { createWebhooks } from '../../../engine/connectors/create-webhooks.ts';
import type { WebhookRequest } from '../../../engine/connectors/webhook/verify-signature.ts';
import type { ConnectorManifest } from '../../../engine/governance/connector-manifest.ts';
import { meridianCompile, meridianConnectors, secretsOf } from '../support.ts';

const KEY = 'a key of the demo';
const NOW = Date.parse('2027-03-01T09:00:00Z');
const SECONDS = NOW / 1000;
const BODY = '{"quoteNo":"Q-2027-1","promisedDate":"2027-03-11"}';

interface Written {
  readonly body?: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly key?: string | Buffer;
}

/** Signs by the public specification, not by the code under test. */
function request({
  body = BODY,
  id = 'msg_1',
  timestamp = String(SECONDS),
  key = KEY,
}: Written = {}) {
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    rawBody: Buffer.from(body),
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${mac}`,
    } as Record<string, string>,
  };
}

function receive(
  written: WebhookRequest,
  message = 'oms.orderConfirmed',
  {
    manifests = [...meridianConnectors().values()],
    secret = KEY,
  }: { readonly manifests?: readonly ConnectorManifest[]; readonly secret?: string } = {},
) {
  const webhooks = createWebhooks({
    manifests,
    secrets: secretsOf({ 'oms-webhook-key': secret }),
    compile: meridianCompile(),
    clock: createSimulatedClock(NOW),
  });
  return webhooks.receive(message, written);
}

describe('inbound webhooks', () => {
  it('become a message with its key, its body and an id of its own', () => {
    expect(receive(request())).to.deep.equal({
      kind: 'message',
      name: 'oms.orderConfirmed',
      id: 'oms/msg_1',
      key: 'Q-2027-1',
      body: { quoteNo: 'Q-2027-1', promisedDate: '2027-03-11' },
    });
  });

  const changed = (headers: Record<string, string>): WebhookRequest => ({
    ...request(),
    headers: { ...request().headers, ...headers },
  });
  const refusals: readonly [string, WebhookRequest, number, string][] = [
    [
      'another body',
      { ...request(), rawBody: Buffer.from(BODY.replace('11', '12')) },
      401,
      'webhook-signature',
    ],
    [
      'another id: a message cannot be told twice',
      changed({ 'webhook-id': 'msg_2' }),
      401,
      'webhook-signature',
    ],
    [
      'another time',
      changed({ 'webhook-timestamp': String(SECONDS + 1) }),
      401,
      'webhook-signature',
    ],
    ['another key', request({ key: 'guessed' }), 401, 'webhook-signature'],
    ['another version', changed({ 'webhook-signature': 'v2,abc' }), 401, 'webhook-signature'],
    ['no signature', { rawBody: Buffer.from(BODY), headers: {} }, 401, 'webhook-unsigned'],
    [
      'a repeated header',
      { ...request(), headers: { ...request().headers, 'webhook-id': ['a', 'b'] } },
      401,
      'webhook-unsigned',
    ],
    ['a time that is none', request({ timestamp: '1e9' }), 401, 'webhook-unsigned'],
    ['an id with a line break', request({ id: 'a\nb' }), 401, 'webhook-unsigned'],
    ['a time long past', request({ timestamp: String(SECONDS - 301) }), 401, 'webhook-time'],
    ['a time to come', request({ timestamp: String(SECONDS + 301) }), 401, 'webhook-time'],
    ['a body that is no JSON', request({ body: '{' }), 400, 'webhook-not-json'],
    ['a body that is a list', request({ body: '[]' }), 400, 'webhook-not-json'],
    [
      'a body of another type',
      request({ body: '{"quoteNo":"Q1","promisedDate":"soon"}' }),
      422,
      'webhook-body',
    ],
    [
      'a body without its key',
      request({ body: '{"promisedDate":"2027-03-11"}' }),
      422,
      'webhook-body',
    ],
    [
      'a deep body',
      request({ body: `{"quoteNo":${'['.repeat(9999)}${']'.repeat(9999)}}` }),
      422,
      'webhook-body',
    ],
  ];
  for (const [title, written, status, code] of refusals) {
    it(`are refused with ${title}`, () => {
      expect(receive(written)).to.include({ kind: 'refused', status, code });
    });
  }

  it('are refused where the bytes are no text', () => {
    const rawBody = Buffer.from([0x7b, 0xff, 0x7d]);
    const mac = createHmac('sha256', KEY)
      .update(`msg_1.${SECONDS}.`)
      .update(rawBody)
      .digest('base64');
    const written = { ...changed({ 'webhook-signature': `v1,${mac}` }), rawBody };
    expect(receive(written)).to.include({ status: 400 });
  });

  it('are refused for a message that nobody declared', () => {
    expect(receive(request(), 'oms.nothing')).to.include({ status: 404 });
    expect(receive(request(), 'mail.send')).to.include({ status: 404 });
  });

  it('are taken at the edges of the window', () => {
    for (const timestamp of [SECONDS - 300, SECONDS + 300]) {
      expect(receive(request({ timestamp: String(timestamp) }))).to.include({ kind: 'message' });
    }
  });

  it('may carry several signatures while a key is being changed', () => {
    const good = request().headers['webhook-signature'] ?? '';
    const written = changed({ 'webhook-signature': `v1,AAAA v1a,x ${good}` });
    expect(receive(written)).to.include({ kind: 'message' });
    const hidden = changed({ 'webhook-signature': `${'v1,AAAA '.repeat(8)}${good}` });
    expect(receive(hidden)).to.include({ kind: 'refused' });
  });

  it('may be signed with a key of bytes', () => {
    const bytes = Buffer.from('0123456789abcdef0123');
    const secret = `whsec_${bytes.toString('base64')}`;
    const found = receive(request({ key: bytes }), 'oms.orderConfirmed', { secret });
    expect(found).to.include({ kind: 'message' });
  });

  it('use the headers and the window that the manifest names', () => {
    const manifest: ConnectorManifest = {
      connector: 'oms',
      kind: 'webhook',
      title: 'Hooks',
      secrets: ['oms-webhook-key'],
      signature: {
        secret: 'oms-webhook-key',
        idHeader: 'X-Id',
        timestampHeader: 'X-Time',
        signatureHeader: 'X-Signature',
        window: '1 minute',
      },
      messages: {
        counted: {
          title: 'Counted',
          correlate: 'count.no',
          body: { type: 'object', properties: { count: { type: 'object' } } },
        },
      },
    };
    const signed = (timestamp: number) => {
      const { headers, rawBody } = request({
        body: '{"count":{"no":7}}',
        timestamp: String(timestamp),
      });
      return {
        rawBody,
        headers: {
          'x-id': headers['webhook-id'],
          'x-time': headers['webhook-timestamp'],
          'x-signature': headers['webhook-signature'],
        },
      };
    };
    const options = { manifests: [manifest] };
    expect(receive(signed(SECONDS), 'oms.counted', options)).to.include({ key: '7' });
    expect(receive(signed(SECONDS - 61), 'oms.counted', options)).to.include({
      code: 'webhook-time',
    });
  });
});
