import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import type { Draft, Journey } from '../../../engine/index.ts';
import { beginDraft } from '../../../engine/index.ts';
import { isObject, overlay } from '../../../engine/forms/pointer.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { Json, JsonObject } from '../../../engine/kernel/json.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import type { FormAnswer } from '../../../server/views/forms/form-exchange.ts';
import { sendForm, showForm } from '../../../server/views/forms/form-exchange.ts';
import { buildWhole, journeyOf } from '../../forms/forms-fixture.ts';
import { brokenReferences, fieldsOf, idsOf, renderForm } from './render-form.ts';

interface Example {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly data?: JsonObject;
}

/** Schemas that are refused, each for a good reason; the list may only get shorter. */
const REFUSED = [
  // "additionalItems" is no keyword of 2020-12.
  'categorization_1713',
  // "items" without the type "array".
  'huge',
  // The format "password" is none of a stored value.
  'login',
  // "uniqueItems" without "maxItems" beside it.
  'multi-enum',
  'multi-enum-with-label-and-desc',
];

const folder = process.env['TRELLIS_CORPUS'];
const jsonforms = join(folder ?? '', 'jsonforms');
const PLACE = { hrefOf: (key: string) => `/form?step=${key}` };

function examples(): readonly Example[] {
  return readdirSync(jsonforms)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const { schema, data } = JSON.parse(readFileSync(join(jsonforms, file), 'utf8')) as Example;
      return { name: file.replace('.json', ''), schema, ...(data === undefined ? {} : { data }) };
    });
}

/** The form for a schema, or the place at which the schema is refused. */
function journeyFor(
  schema: JsonSchema,
  data: JsonObject,
): Journey | { readonly refusedAt: string } {
  const built = buildWhole(schema);
  if (!built.ok) return { refusedAt: built.problems.map(({ message }) => message).join(' ') };
  try {
    return journeyOf(built.model, data);
  } catch (error) {
    if (error instanceof TrellisError && error.code === 'schema-refused') {
      return { refusedAt: error.message };
    }
    throw error;
  }
}

/** Sends every page as it is shown until the form is sent, or a page comes back. */
function sendAsShown(journey: Journey, data: JsonObject): FormAnswer {
  let draft: Draft = beginDraft(journey.checks.model, data);
  let key = 'page-1';
  for (let page = 0; page < 10; page += 1) {
    const shown = showForm(journey, draft, key, PLACE);
    if (shown.kind !== 'page') return shown;
    const answer = sendForm(journey, draft, key, fieldsOf(renderForm(shown.view)), PLACE);
    if (answer.kind !== 'redirect') return answer;
    draft = answer.draft ?? draft;
    key = answer.location.replace('/form?step=', '');
  }
  throw new Error('the form never ends');
}

function expectToResolve(answer: FormAnswer, name: string): void {
  expect(answer, name).to.include({ kind: 'page', status: 422 });
  if (answer.kind !== 'page') return;
  expect(answer.view.errors).not.to.be.empty;
  expect(brokenReferences(renderForm(answer.view))).to.deep.equal([]);
}

/** Tells by the bare validator whether a document fits, since its verdict is what others expect. */
function fits(schema: JsonSchema, document: unknown): boolean {
  const ajv = new Ajv({ strict: false, logger: false });
  addFormats.default(ajv);
  return ajv.validate(schema, document);
}

/** A form cannot tell an object without fields from one that is not there. */
function withoutEmptyObjects(value: Json): Json {
  if (!isObject(value)) return value;
  const kept = Object.entries(value)
    .map(([name, inner]): [string, Json] => [name, withoutEmptyObjects(inner)])
    .filter(([, inner]) => !(isObject(inner) && Object.keys(inner).length === 0));
  return Object.fromEntries(kept);
}

describe('forms from schemas that others wrote', function () {
  this.timeout(60_000);

  before(function () {
    if (folder === undefined || !existsSync(jsonforms)) {
      console.warn('skipped: TRELLIS_CORPUS does not name a folder with jsonforms/');
      this.skip();
    }
  });

  it('are refused with a reason only where that is known', () => {
    const refused = examples().flatMap(({ name, schema }) => {
      const journey = journeyFor(schema, {});
      if (!('refusedAt' in journey)) return [];
      expect(journey.refusedAt, name).to.match(/^The schema is refused at \S+: /u);
      return [name];
    });
    expect(refused.sort()).to.deep.equal(REFUSED);
  });

  it('show a page that holds together', () => {
    for (const { name, schema } of examples()) {
      const journey = journeyFor(schema, {});
      if ('refusedAt' in journey) continue;
      const shown = showForm(journey, { values: {} }, 'page-1', PLACE);
      expect(shown.kind, name).to.equal('page');
      if (shown.kind !== 'page') continue;
      const html = renderForm(shown.view);
      expect(brokenReferences(html), name).to.deep.equal([]);
      expect(idsOf(html), name).not.to.be.empty;
    }
  });

  it('take the empty document where the schema does, and say what is missing where not', () => {
    for (const { name, schema } of examples()) {
      const journey = journeyFor(schema, {});
      if ('refusedAt' in journey) continue;
      const root = typeof schema === 'object' && schema['type'] === 'object';
      const answer = sendAsShown(journey, {});
      if (root && !fits(schema, {})) expectToResolve(answer, name);
      else expect(answer.kind, name).to.equal('submitted');
    }
  });

  it('give valid data back as they were, and point at what is wrong in others', () => {
    for (const { name, schema, data } of examples()) {
      if (data === undefined) continue;
      const journey = journeyFor(schema, { doc: data });
      if ('refusedAt' in journey) continue;
      const answer = sendAsShown(journey, { doc: data });
      if (!fits(schema, withoutEmptyObjects(data))) {
        expectToResolve(answer, name);
        continue;
      }
      expect(answer.kind, name).to.equal('submitted');
      if (answer.kind !== 'submitted') continue;
      expect(overlay({ doc: data }, answer.values.data), name).to.deep.equal({ doc: data });
    }
  });
});
