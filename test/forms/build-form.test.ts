import { expect } from 'chai';
import type { FormBuild } from '../../engine/forms/build-form.ts';
import { buildForm } from '../../engine/forms/build-form.ts';
import type { Question } from '../../engine/forms/form-model.ts';
import type { Column } from '../../engine/kernel/definition/form.ts';
import type { JsonSchema } from '../../engine/kernel/types/value-type.ts';
import { build, buildWhole, formIn, modelOf } from './forms-fixture.ts';

function questionsOf(schema: JsonSchema): readonly Question[] {
  const built = buildWhole(schema);
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  return built.model.pages.flatMap(({ questions }) => questions);
}

function widgetOf(schema: JsonSchema): string {
  return questionsOf({ type: 'object', properties: { a: schema } })[0]?.widget.kind ?? 'none';
}

function columnsOf(...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, required: false }));
}

function codes(built: FormBuild): readonly string[] {
  return built.ok ? built.warnings.map(({ code }) => code) : built.problems.map(({ code }) => code);
}

describe('buildForm', () => {
  describe('chooses a widget', () => {
    const cases: readonly (readonly [string, JsonSchema])[] = [
      ['text', { type: 'string' }],
      ['text', { type: 'string', maxLength: 200 }],
      ['textarea', { type: 'string', maxLength: 201 }],
      ['text', { type: 'string', maxLength: 254, format: 'email' }],
      ['text', { type: ['string', 'null'] }],
      ['number', { type: 'integer' }],
      ['number', { type: 'number' }],
      ['number', { type: 'string', format: 'decimal' }],
      ['yes-no', { type: 'boolean' }],
      ['date', { type: 'string', format: 'date' }],
      ['radios', { enum: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }],
      ['select', { enum: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] }],
      ['radios', { oneOf: [{ const: 'a', title: 'A' }, { const: 'b' }] }],
      [
        'checkboxes',
        { type: 'array', uniqueItems: true, maxItems: 2, items: { enum: ['a', 'b'] } },
      ],
      ['list', { type: 'array', items: { type: 'string' } }],
      ['list', { type: 'array', items: { type: 'object', properties: { b: { type: 'string' } } } }],
      ['json', { type: 'object' }],
      ['json', { oneOf: [{ type: 'string' }, { type: 'number' }] }],
      ['json', { type: ['string', 'number'] }],
      ['json', true],
    ];
    for (const [widget, schema] of cases) {
      it(`${widget} for ${JSON.stringify(schema)}`, () => {
        expect(widgetOf(schema)).to.equal(widget);
      });
    }

    it('the one that the author names, if it can hold the value', () => {
      const text = '{ t: { kind: text } }';
      const made = modelOf(text, '{ title: T, fields: [{ field: t, widget: textarea }] }');
      expect(made.pages[0]?.questions[0]?.widget.kind).to.equal('textarea');
      const refused = build(text, '{ title: T, fields: [{ field: t, widget: date }] }');
      expect(refused.ok).to.equal(false);
      expect(!refused.ok && refused.problems[0]).to.deep.include({
        code: 'form-widget',
        message: 'The widget "date" cannot hold "t". Use one of: text, textarea, email, tel.',
      });
    });
  });

  it('spreads an object over its fields, and names them as people do', () => {
    const questions = questionsOf({
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', title: 'Full name', description: 'As on your passport' },
        vatNo: { type: 'string' },
        internal: { type: 'string', readOnly: true },
        homeAddress: {
          type: 'object',
          required: ['city'],
          properties: { city: { type: 'string' } },
        },
      },
    });
    expect(
      questions.map(({ pointer, label, hint, required, optional, group }) => ({
        pointer,
        label,
        hint,
        required,
        optional,
        group: group?.title,
      })),
    ).to.deep.equal([
      {
        pointer: '/doc/name',
        label: 'Full name',
        hint: 'As on your passport',
        required: true,
        optional: false,
        group: 'Doc',
      },
      {
        pointer: '/doc/vatNo',
        label: 'VAT number',
        hint: undefined,
        required: false,
        optional: true,
        group: 'Doc',
      },
      {
        pointer: '/doc/homeAddress/city',
        label: 'City',
        hint: undefined,
        required: false,
        optional: false,
        group: 'Home address (optional)',
      },
    ]);
  });

  it('follows references, and keeps a type that contains itself by its name', () => {
    const model = modelOf('{ p: Person }', '{ title: T, fields: [p] }', {
      Address: { type: 'object', properties: { city: { type: 'string' } } },
      Person: {
        type: 'object',
        $defs: { short: { type: 'string', maxLength: 9 } },
        properties: {
          nick: { $ref: '#/$defs/short', title: 'Nickname' },
          home: { $ref: 'Address' },
          friend: { $ref: 'Person' },
        },
      },
    });
    const questions = model.pages.flatMap((page) => page.questions);
    expect(questions.map(({ pointer, label }) => [pointer, label])).to.deep.equal([
      ['/p/nick', 'Nickname'],
      ['/p/home/city', 'City'],
      ['/p/friend', 'Friend'],
    ]);
    expect(questions[2]).to.deep.include({ schema: { $ref: 'Person' }, widget: { kind: 'json' } });
  });

  it('makes the schema of a page a part of the locked types, and nothing more', () => {
    const model = modelOf(
      '{ customer: Customer, lines: "QuoteLine[]" }',
      '{ title: T, pages: [{ fields: [customer.legalName] }, { fields: [{ field: lines, columns: [qty] }] }] }',
    );
    expect(model.pages[0]?.schema).to.deep.equal({
      type: 'object',
      properties: {
        customer: {
          type: 'object',
          properties: {
            legalName: { type: 'string', minLength: 1, maxLength: 200, title: 'Company name' },
          },
        },
      },
    });
    expect(model.pages[1]?.schema)
      .to.have.nested.property('properties.lines.items.required')
      .deep.equal(['qty']);
    const strict = modelOf(
      '{ customer: Customer, lines: "QuoteLine[]" }',
      '{ title: T, fields: [{ field: lines, columns: [{ field: unitPrice, required: true }, qty] }] }',
    );
    expect(strict.pages[0]?.schema)
      .to.have.nested.property('properties.lines.items.required')
      .deep.equal(['unitPrice', 'qty']);
    const [question] = strict.pages[0]?.questions ?? [];
    expect(
      question?.widget.kind === 'list' &&
        question.widget.entry.map(({ pointer, required }) => [pointer, required]),
    ).to.deep.equal([
      ['/unitPrice', true],
      ['/qty', true],
    ]);
    expect(model.schema).to.have.nested.property('properties.customer.properties.legalName');
    expect(model.schema).to.have.nested.property('properties.lines');
  });

  it('asks customers with autocomplete and speaks to them, unlike staff', () => {
    const form = '{ title: T, fields: [customer.contactEmail] }';
    const widget = (audience: 'customer' | 'staff'): unknown =>
      modelOf('{ customer: Customer }', form, {}, { audience }).pages[0]?.questions[0]?.widget;
    expect(widget('customer')).to.include({ input: 'email', autocomplete: 'email' });
    expect(widget('staff')).not.to.have.property('autocomplete');
  });

  it('shows only what may be read, list columns included', () => {
    const model = modelOf(
      '{ customer: Customer, quote: Quote }',
      '{ title: T, show: [customer, quote.lines, quote.marginPct], fields: [quote.poNumber] }',
      {},
      { mayRead: ({ classification }) => classification.level === 'public' },
    );
    expect(
      model.shown.map(({ pointer, columns }) => [pointer, columns?.map((one) => one.pointer)]),
    ).to.deep.equal([
      ['/customer/id', undefined],
      ['/customer/legalName', undefined],
      ['/customer/segment', undefined],
      ['/quote/lines', ['/sku', '/qty']],
    ]);
  });

  it('takes texts in the language asked for', () => {
    const form =
      '{ title: { en: Hello, de: Hallo }, fields: [{ field: t, title: { en: Word, de: Wort } }] }';
    const german = modelOf('{ t: { kind: text } }', form, {}, { language: 'de' });
    expect([german.title, german.pages[0]?.questions[0]?.label]).to.deep.equal(['Hallo', 'Wort']);
    const other = modelOf('{ t: { kind: text } }', form, {}, { language: 'fr' });
    expect(other.title).to.equal('Hello');
  });

  describe('refuses, at its place', () => {
    it('a file inside the entries of a list, and in a list of lists', () => {
      const file = { type: 'object', 'x-accept': ['*/*'] };
      const papers = { type: 'array', items: { type: 'object', properties: { scan: file } } };
      const rows = { type: 'array', items: { type: 'array', items: file } };
      expect(codes(buildWhole({ type: 'object', properties: { papers } }))).to.deep.equal([
        'form-file-in-entry',
      ]);
      expect(codes(buildWhole({ type: 'object', properties: { rows } }))).to.deep.equal([
        'form-file-too-deep',
      ]);
    });

    it('columns that an entry does not have, or of what is no list of objects', () => {
      const { form, workflow, core } = formIn(
        '{ lines: "QuoteLine[]", t: { kind: text } }',
        '{ title: T, fields: [lines, t] }',
      );
      const pages = form.pages.map((page) => ({
        ...page,
        fields: page.fields.map((field) => ({ ...field, columns: columnsOf('sku', 'colour') })),
      }));
      const options = { audience: 'staff' as const, mayRead: () => true };
      const built = buildForm({ ...form, pages }, workflow, core, options);
      expect(!built.ok && built.problems.map(({ message }) => message)).to.deep.equal([
        'An entry of "lines" has no field "colour". Its fields are: sku, qty, unitPrice.',
        '"t" is not a list of objects, so it has no columns. Take "columns" out.',
      ]);
    });

    it('conditions and rules that are wrong, where they stand', () => {
      const built = build(
        '{ t: { kind: text }, n: { kind: number } }',
        `{ title: T, fields: [t, { field: n, when: 'colour == "red"' }], rules: [{ must: 'n + 1', say: No }] }`,
      );
      expect(!built.ok && built.problems.map(({ path }) => path.slice(0, 4))).to.deep.equal([
        ['forms', 'asked', 'fields', 1],
        ['forms', 'asked', 'rules', 0],
      ]);
    });

    it('a field that a system fills', () => {
      const built = build('{ t: Trial }', '{ title: T, fields: [t.id] }', {
        Trial: { type: 'object', properties: { id: { type: 'string', readOnly: true } } },
      });
      expect(built).to.deep.include({ ok: false });
      expect(!built.ok && built.problems[0]).to.deep.include({
        code: 'form-read-only',
        path: ['forms', 'asked', 'fields', 0],
      });
    });

    it('names that could reach a prototype', () => {
      const properties = JSON.parse('{"__proto__": {"type": "string"}}') as Record<
        string,
        JsonSchema
      >;
      expect(codes(buildWhole({ type: 'object', properties }))).to.deep.equal(['form-field-name']);
    });

    it('references that lead nowhere, and schemas that grow without end', () => {
      expect(codes(buildWhole({ $ref: '#/$defs/gone' }))).to.deep.equal(['form-schema']);
      const doubling = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `d${i}`,
          {
            type: 'object',
            properties: { a: { $ref: `#/$defs/d${i + 1}` }, b: { $ref: `#/$defs/d${i + 1}` } },
          },
        ]),
      );
      const built = buildWhole({
        $ref: '#/$defs/d0',
        $defs: { ...doubling, d20: { type: 'string' } },
      });
      expect(!built.ok && built.problems[0]?.message).to.match(/more than 5000 parts/u);
    });
  });

  it('warns of what people have to type as JSON', () => {
    const built = buildWhole({
      type: 'object',
      properties: {
        any: true,
        rows: {
          type: 'array',
          items: {
            type: 'object',
            properties: { cells: { type: 'array', items: { type: 'string' } } },
          },
        },
      },
    });
    expect(
      built.ok &&
        built.warnings.map(({ code, severity, message }) => [code, severity, message.slice(0, 60)]),
    ).to.deep.equal([
      ['form-as-json', 'warning', '"doc.any" has a type that no form field can hold (a mixture '],
      ['form-as-json', 'warning', '"cells" has a type that no form field can hold (a list insid'],
    ]);
  });
});
