import type { FormBuild, FormOptions } from '../../engine/forms/build-form.ts';
import { buildForm } from '../../engine/forms/build-form.ts';
import { formChecks } from '../../engine/forms/check-answers.ts';
import type { Draft } from '../../engine/forms/draft.ts';
import { beginDraft } from '../../engine/forms/draft.ts';
import type { FormModel } from '../../engine/forms/form-model.ts';
import { postStep } from '../../engine/forms/journey.ts';
import { readPosted } from '../../engine/forms/answers.ts';
import type { Journey, Reply } from '../../engine/forms/reply.ts';
import { stepKey } from '../../engine/forms/step.ts';
import type { CoreView, LockedType } from '../../engine/kernel/core-view.ts';
import { readWorkflow } from '../../engine/kernel/definition/read-workflow.ts';
import type { Form } from '../../engine/kernel/definition/form.ts';
import type { Workflow } from '../../engine/kernel/definition/workflow.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { typeFromSchema } from '../../engine/kernel/types/from-schema.ts';
import type { JsonSchema } from '../../engine/kernel/types/value-type.ts';
import { createValidator } from '../../engine/kernel/validator/validator.ts';
import { MERIDIAN_TYPES, meridianCore } from '../kernel/fixtures/meridian-core.ts';

export type Types = Readonly<Record<string, JsonSchema>>;

const CUSTOMER: FormOptions = { audience: 'customer', mayRead: () => true };

/** A core with the bundled company's types and some more. */
export function coreWith(types: Types): CoreView {
  const schemas = new Map([...MERIDIAN_TYPES, ...Object.entries(types)]);
  const resolve = (name: string): JsonSchema | undefined => schemas.get(name);
  const locked = [...schemas].map(([name, schema]): [string, LockedType] => [
    name,
    { name, title: name, schema, type: typeFromSchema(schema, resolve, { typeName: name }) },
  ]);
  return { ...meridianCore, types: new Map(locked) };
}

/** A form by itself, in a workflow that has the data and the form given as YAML. */
export function formIn(
  data: string,
  form: string,
  types: Types = {},
): { readonly form: Form; readonly workflow: Workflow; readonly core: CoreView } {
  const text = [
    'workflow: test',
    'title: Test',
    'team: operations',
    'core: 1',
    'reference: T-{number}',
    `data: ${data}`,
    'start: { online: { form: asked, audience: public } }',
    `forms: { asked: ${form} }`,
    'states: { ended: { final: completed } }',
  ].join('\n');
  const core = coreWith(types);
  const read = readWorkflow({ name: 'test', text, files: {} }, core);
  const found = read.workflow?.forms[0];
  if (read.workflow === undefined || found === undefined) {
    throw new Error(`The fixture is wrong:\n${JSON.stringify(read.problems, null, 2)}\n${text}`);
  }
  return { form: found, workflow: read.workflow, core };
}

/** Builds a form given as YAML. */
export function build(
  data: string,
  form: string,
  types: Types = {},
  options: Partial<FormOptions> = {},
): FormBuild {
  const found = formIn(data, form, types);
  return buildForm(found.form, found.workflow, found.core, { ...CUSTOMER, ...options });
}

/** Builds a form that must be accepted. */
export function modelOf(
  data: string,
  form: string,
  types: Types = {},
  options: Partial<FormOptions> = {},
): FormModel {
  const built = build(data, form, types, options);
  if (!built.ok) throw new Error(JSON.stringify(built.problems, null, 2));
  return built.model;
}

const WHOLE = formIn('{ doc: Doc }', '{ title: Document, fields: [doc] }', {
  Doc: { type: 'object', properties: {} },
});

/**
 * Builds a form that asks for one whole value of a schema, as the data field `doc`. An object has
 * to be there; a list may be empty.
 */
export function buildWhole(schema: JsonSchema): FormBuild {
  const data = WHOLE.workflow.data.map((field) => ({ ...field, schema }));
  const required = typeof schema === 'object' && schema['type'] === 'object';
  const pages = WHOLE.form.pages.map((page) => ({
    ...page,
    fields: page.fields.map((field) => ({ ...field, required })),
  }));
  return buildForm({ ...WHOLE.form, pages }, { ...WHOLE.workflow, data }, WHOLE.core, {
    audience: 'staff',
    mayRead: () => true,
  });
}

/** A model with its checks, filled against a case with this data. */
export function journeyOf(model: FormModel, data: JsonObject = {}, types: Types = {}): Journey {
  const validator = createValidator(new Map([...MERIDIAN_TYPES, ...Object.entries(types)]));
  return {
    checks: formChecks(model, (schema) => validator.compile(schema)),
    context: {
      data,
      names: { reference: 'T-1', starter: { id: 'u1', name: 'Ada', email: 'ada@example.com' } },
      moment: {
        now: Date.UTC(2027, 2, 1, 9),
        timeZone: 'Europe/Dublin',
        calendar: { timeZone: 'Europe/Dublin', hours: [], holidays: [] },
      },
    },
  };
}

/** Somebody who fills a form: keeps the draft and the step as a host would between requests. */
export class Visitor {
  draft: Draft;
  at: string;
  readonly journey: Journey;

  constructor(journey: Journey, start: string) {
    this.journey = journey;
    this.draft = beginDraft(journey.checks.model, journey.context.data);
    this.at = start;
  }

  /** Sends the step where the visitor is; the next one is where the answer leads. */
  send(fields: Readonly<Record<string, string>> = {}): Reply {
    const reply = postStep(this.journey, this.draft, this.at, readPosted(Object.entries(fields)));
    if (reply.kind !== 'show') this.draft = JSON.parse(JSON.stringify(reply.draft)) as Draft;
    if (reply.kind === 'go') this.at = stepKey(this.journey.checks.model, reply.step);
    return reply;
  }
}

/** The texts of the errors of a reply. */
export function errorTexts(reply: Reply): readonly string[] {
  return reply.kind === 'show' ? reply.errors.map(({ text }) => text) : [];
}
