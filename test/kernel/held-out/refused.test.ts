import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { checkWorkflowSource, workflowSchema } from '../../../engine/index.ts';
import type { LoadedCore, Problem } from '../../../engine/index.ts';
import { companyCore } from './company.ts';

/** A workflow with one mistake, and what is told of it. */
interface Wrong {
  readonly about: string;
  readonly refused: readonly Told[];
  readonly part?: string;
  readonly whole?: string;
}

interface Told {
  readonly code: string;
  /** What stands where the problem is placed. */
  readonly at: string;
  /** The text of the ready-made fix. */
  readonly fix?: string;
}

const FRAME = `workflow: w
title: W
team: business
core: 1
reference: W-{number}
data:
  person: Person
  invoice: Invoice
  items: Item[]
  note: { kind: text, maxLength: 200 }
  n: { kind: whole number, default: 0 }
  x: { kind: number }
  d: { kind: decimal }
  when1: { kind: date }
  level: { kind: one of, choices: [low, high], default: low }
start:
  a: { form: f, audience: { role: clerk } }
forms:
  f: { title: F, fields: [{ field: person.name, required: true }, { field: person.email, required: true }, { field: items, required: true, columns: [sku, qty] }] }
  g: { title: G, show: [person.name], fields: [note, person.phone] }
`;
const MESSAGES = `messages:
  m: { subject: 'S', body: m.hbs }
`;
const FILES = { 'm.hbs': 'Hi {{person.name}}', 'l.hbs': '{{link}}' };

/** What the schema can tell as well as the reader. */
const FORM_CODES: ReadonlySet<string> = new Set(['unknown-key', 'bad-name', 'wrong-form']);

describe('wrong workflows, as people write them', () => {
  const all = parse(readFileSync('test/kernel/held-out/refused.yaml', 'utf8')) as readonly Wrong[];
  let core: LoadedCore;
  let fits: ValidateFunction;

  before(async () => {
    core = await companyCore();
    fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      workflowSchema as Readonly<Record<string, unknown>>,
    );
  });

  for (const wrong of all) {
    it(`are refused: ${wrong.about}`, () => {
      const text = textOf(wrong);
      const { problems } = checkWorkflowSource({ name: 'w', text, files: FILES }, core.view);
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(errors.map((problem) => told(problem, text))).to.deep.equal(wrong.refused);
      if (errors.some(({ code }) => code.startsWith('yaml-'))) return;
      const isForm = errors.some(({ code }) => FORM_CODES.has(code));
      if (isForm) expect(fits(parse(text)), 'the schema').to.equal(false);
    });
  }
});

function textOf({ part = '', whole }: Wrong): string {
  if (whole !== undefined) return whole;
  return FRAME + (part.includes('\nmessages:') ? '' : MESSAGES) + part;
}

function told({ code, position, fix }: Problem, text: string): Told {
  const line = text.split('\n')[(position?.line ?? 1) - 1] ?? '';
  const column = (position?.column ?? 1) - 1;
  const written = fix?.edits[0]?.text;
  return {
    code,
    at: line.slice(column, column + 20).trim(),
    ...(written === undefined ? {} : { fix: written }),
  };
}
