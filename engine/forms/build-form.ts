import { scopeOf } from '../kernel/check/scopes.ts';
import type { WorkflowScopes } from '../kernel/check/scopes.ts';
import type { CoreView } from '../kernel/core-view.ts';
import type { DataField } from '../kernel/definition/values.ts';
import type { Form, FormField } from '../kernel/definition/form.ts';
import type { Workflow } from '../kernel/definition/workflow.ts';
import type { Problem } from '../kernel/problem.ts';
import type { ValueType } from '../kernel/types/value-type.ts';
import { readCondition } from './conditions.ts';
import type { AskedField } from './form-pages.ts';
import { pagesOf, partsOf } from './form-pages.ts';
import type { FieldSchemas } from './field-schemas.ts';
import { fieldSchemas } from './field-schemas.ts';
import type { FormModel, FormOutcome, ShownField } from './form-model.ts';
import { answerRules } from './form-rules.ts';
import { humanise, textIn } from './label.ts';
import { documentSchema } from './page-schema.ts';
import { shownFields, typeAt } from './shown-fields.ts';

/** For whom a form is built. */
export interface FormOptions {
  /** Who fills it: customers are spoken to as `you`. */
  readonly audience: 'customer' | 'staff';
  /** Tells whether whoever fills it may read a value of this type; the rest is not shown. */
  readonly mayRead: (type: ValueType) => boolean;
  /** The outcomes that the state's `on` names, for a form without its own. (Default: none) */
  readonly outcomes?: readonly FormOutcome[];
  /** The language of texts that are written in several. (Default: `en`) */
  readonly language?: string;
  /** What all forms of the workflow have in common. (Default: it is worked out) */
  readonly common?: FormsInCommon;
}

/** What all forms of one workflow have in common: what conditions may name, and the schemas of its data. */
export interface FormsInCommon {
  readonly scopes: Pick<WorkflowScopes, 'form'>;
  readonly schemas: FieldSchemas;
}

export type FormBuild =
  | { readonly ok: true; readonly model: FormModel; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Builds a form from what its author wrote and the locked types. It is refused, with a place for
 * each reason, where it asks for something that no form can ask for. A warning tells the author
 * of fields that people can only fill with difficulty.
 */
export function buildForm(
  form: Form,
  workflow: Workflow,
  core: CoreView,
  options: FormOptions,
): FormBuild {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const data = [...workflow.data, ...form.items];
  const { language, common } = options;
  const schemas = fieldSchemas(
    form.items,
    core,
    language,
    common?.schemas ?? fieldSchemas(workflow.data, core, language),
  );
  const variables = (common?.scopes ?? scopeOf(workflow, core)).form(form);
  const personal = options.audience === 'customer';

  const asked = form.pages.map(({ fields }) =>
    fields.flatMap((field): readonly AskedField[] => {
      const found = schemas.of(field);
      if (!found.ok) {
        report(unreadable(field, found.reason));
        return [];
      }
      const when = field.when && readCondition(field.when, variables, report);
      return [{ field, schema: found.schema, ...(when === undefined ? {} : { when }) }];
    }),
  );
  const pages = pagesOf(form, asked, { personal, report }, options.language);
  const rules = answerRules(form, pages, variables, report, options.language);
  const shown = shownOf(form, data, schemas, options);
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };

  const outcomes = outcomesOf(form, options);
  const chosen = pages
    .flatMap(({ questions }) => questions)
    .some(({ when }) => when?.reads.includes('outcome'));
  const model: FormModel = {
    name: form.name,
    title: textIn(form.title, options.language),
    voice: personal ? 'your' : 'the',
    shown,
    outcomes,
    outcomeFirst: outcomes.length > 0 && chosen,
    pages,
    rules,
    schema: documentSchema(asked.flat().map(partsOf)),
    summary: form.summary,
    ...(form.saveAndReturn === undefined ? {} : { saveAndReturn: form.saveAndReturn }),
  };
  return { ok: true, model, warnings: problems };
}

function unreadable(field: FormField, reason: string): Problem {
  return {
    code: 'form-schema',
    severity: 'error',
    path: field.path,
    message: `"${field.target.join('.')}" cannot be asked for: ${reason}.`,
  };
}

function outcomesOf(form: Form, options: FormOptions): readonly FormOutcome[] {
  if (form.outcomes.length === 0) return options.outcomes ?? [];
  return form.outcomes.map(({ name, title }) => ({
    name,
    title: textIn(title, options.language) || humanise(name),
  }));
}

function shownOf(
  form: Form,
  data: readonly DataField[],
  schemas: FieldSchemas,
  options: FormOptions,
): readonly ShownField[] {
  return form.show.flatMap(({ target }) => {
    const [name, ...rest] = target;
    const found = schemas.at(target);
    const field = data.find((candidate) => candidate.name === name);
    if (!found.ok) return [];
    const type = typeAt(field?.type, rest);
    return shownFields({ target, schema: found.schema, type }, options.mayRead);
  });
}
