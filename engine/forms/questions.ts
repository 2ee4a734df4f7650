import type { Column } from '../kernel/definition/form.ts';
import type { CheckedExpression } from '../kernel/expressions/expression.ts';
import type { Path, Problem } from '../kernel/problem.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import type { ListWidget, Question, QuestionGroup, Widget } from './form-model.ts';
import { humanise, singular } from './label.ts';
import { entrySchema, withColumns } from './page-schema.ts';
import { idOf, pointerOf } from './pointer.ts';
import type { AnswerKind } from './schema-facets.ts';
import {
  answerKind,
  fieldsOf,
  flattened,
  holdsFile,
  itemsOf,
  labelOf,
  numberOf,
  requiredOf,
  textOf,
} from './schema-facets.ts';
import { exampleOf, widgetFor, widgetNames } from './widgets.ts';

/** How deep objects inside objects are asked for. */
const MAX_DEPTH = 6;
/** How many entries a list may get where its type sets no limit. */
const MAX_ENTRIES = 200;

/** One field of a form, or one field inside an object that a form asks for. */
export interface Asked {
  /** Where the author wrote it. */
  readonly path: Path;
  /** Names from the document's root; from the entry's root inside a list. */
  readonly target: readonly string[];
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly optional: boolean;
  readonly label?: string;
  readonly hint?: string;
  readonly widget?: string;
  readonly columns?: readonly Column[];
  readonly when?: CheckedExpression;
  readonly group?: QuestionGroup;
  /** True for what is asked inside a list's entry. */
  readonly inEntry?: boolean;
}

/** What holds for all questions of a form, and where problems with them are put. */
export interface Asking {
  /** True when a customer is asked about himself. */
  readonly personal: boolean;
  readonly report: (problem: Problem) => void;
}

/** Makes the questions of one asked field: one for a scalar or a list, several for an object. */
export function questionsFor(asked: Asked, asking: Asking): readonly Question[] {
  const problem = refusal(asked);
  if (problem !== undefined) {
    asking.report(problem);
    return [];
  }
  if (canBeSpread(asked)) return spread(asked, asking);
  return [question(asked, widgetOf(asked, asking))];
}

function refusal(asked: Asked): Problem | undefined {
  const name = asked.target.join('.');
  const error = (code: string, message: string): Problem => ({
    code,
    severity: 'error',
    path: asked.path,
    message,
  });
  if (asked.target.some((part) => ['__proto__', 'constructor', 'prototype'].includes(part))) {
    return error(
      'form-field-name',
      `A form cannot ask for a field named "${asked.target.at(-1) ?? ''}". Rename the field.`,
    );
  }
  // An entry has one page, and a file needs it for itself.
  if (asked.inEntry === true && asked.target.length > 0 && holdsFile(asked.schema)) {
    return error(
      'form-file-in-entry',
      `"${name}" is a file inside the entries of a list, where no form can ask for it. Take it out with "columns", or ask for a list of files.`,
    );
  }
  if (flattened(asked.schema)['readOnly'] === true) {
    return error(
      'form-read-only',
      `"${name}" is read-only: a system fills it, so no form may ask for it. Take it out of "fields", or list it under "show".`,
    );
  }
  return widgetRefusal(asked, name, error);
}

function widgetRefusal(
  asked: Asked,
  name: string,
  error: (code: string, message: string) => Problem,
): Problem | undefined {
  const { widget, columns } = asked;
  const fitting = widgetNames(asked.schema);
  if (widget !== undefined && !fitting.includes(widget)) {
    const way = fitting.length === 0 ? 'Leave "widget" out' : `Use one of: ${fitting.join(', ')}`;
    return error('form-widget', `The widget "${widget}" cannot hold "${name}". ${way}.`);
  }
  if (columns === undefined) return undefined;
  const known = Object.keys(fieldsOf(itemsOf(asked.schema)));
  if (answerKind(asked.schema) !== 'list' || known.length === 0) {
    return error(
      'form-columns',
      `"${name}" is not a list of objects, so it has no columns. Take "columns" out.`,
    );
  }
  const unknown = columns.find(({ name: column }) => !known.includes(column))?.name;
  if (unknown === undefined) return undefined;
  return error(
    'form-columns',
    `An entry of "${name}" has no field "${unknown}". Its fields are: ${known.join(', ')}.`,
  );
}

function canBeSpread(asked: Asked): boolean {
  if (answerKind(asked.schema) !== 'object' || asked.target.length > MAX_DEPTH) return false;
  return Object.keys(fieldsOf(asked.schema)).length > 0;
}

function spread(asked: Asked, asking: Asking): readonly Question[] {
  const must = requiredOf(asked.schema);
  const title = labelIn(asked);
  const shown = asked.optional ? `${title} (optional)` : title;
  // An entry of a list is introduced by its page's heading.
  const group =
    asked.target.length === 0 ? asked.group : { title: shown, pointer: pointerOf(asked.target) };
  return Object.entries(fieldsOf(asked.schema))
    .filter(([, schema]) => flattened(schema)['readOnly'] !== true)
    .flatMap(([name, schema]) => {
      const required = must.includes(name);
      return questionsFor(
        {
          path: asked.path,
          target: [...asked.target, name],
          schema,
          required: asked.required && required,
          optional: !required,
          ...(asked.when === undefined ? {} : { when: asked.when }),
          ...(group === undefined ? {} : { group }),
          ...(asked.inEntry === true ? { inEntry: true } : {}),
        },
        asking,
      );
    });
}

function question(asked: Asked, widget: Widget): Question {
  const pointer = pointerOf(asked.target);
  const hint = asked.hint ?? textOf(asked.schema, 'description') ?? exampleOf(asked.schema);
  return {
    pointer,
    id: idOf(pointer),
    label: labelIn(asked),
    ...(hint === undefined ? {} : { hint }),
    ...(asked.group === undefined ? {} : { group: asked.group }),
    widget,
    schema: asked.columns === undefined ? asked.schema : withColumns(asked.schema, asked.columns),
    required: asked.required,
    optional: asked.optional,
    ...(asked.when === undefined ? {} : { when: asked.when }),
  };
}

function widgetOf(asked: Asked, asking: Asking): Widget {
  const name = asked.target.at(-1) ?? '';
  const widget = widgetFor(asked.schema, name, asked.widget, asking.personal);
  const list = widget === undefined ? listWidget(asked, asking) : undefined;
  const chosen = widget ?? list ?? { kind: 'json' };
  if (chosen.kind === 'json' && holdsFile(asked.schema)) {
    asking.report({
      code: 'form-file-too-deep',
      severity: 'error',
      path: asked.path,
      message: `"${asked.target.join('.')}" holds files in ${describe(answerKind(asked.schema))}, where no form can ask for them. Ask for a file, or for a list of files.`,
    });
  } else if (chosen.kind === 'json') {
    asking.report({
      code: 'form-as-json',
      severity: 'warning',
      path: asked.path,
      message: `"${asked.target.join('.')}" has a type that no form field can hold (${describe(answerKind(asked.schema))}): people will have to type it as JSON. Ask for its parts one by one, or have IT simplify the type.`,
    });
  }
  return chosen;
}

function describe(kind: AnswerKind): string {
  switch (kind) {
    case 'list':
      return 'a list inside an entry of a list';
    case 'object':
      return 'an object whose fields are not known, or too deep';
    default:
      return 'a mixture of types';
  }
}

function listWidget(asked: Asked, asking: Asking): ListWidget | undefined {
  if (answerKind(asked.schema) !== 'list' || asked.inEntry === true) return undefined;
  const items = itemsOf(asked.schema);
  const { columns } = asked;
  const ofEntry = columns === undefined ? items : entrySchema(items, columns);
  const label = labelIn(asked);
  const noun = singular(label);
  const entry = questionsFor(
    {
      path: asked.path,
      target: [],
      schema: ofEntry,
      required: true,
      optional: false,
      label: noun.charAt(0).toUpperCase() + noun.slice(1),
      inEntry: true,
    },
    asking,
  );
  return {
    kind: 'list',
    noun,
    entry,
    entrySchema: ofEntry,
    minItems: numberOf(asked.schema, 'minItems') ?? 0,
    maxItems: Math.min(numberOf(asked.schema, 'maxItems') ?? MAX_ENTRIES, MAX_ENTRIES),
  };
}

function labelIn(asked: Asked): string {
  const name = asked.target.at(-1);
  return asked.label ?? (name === undefined ? humanise('value') : labelOf(asked.schema, name));
}
