import type { JsonSchema } from '../kernel/types/value-type.ts';
import { ACCEPT_ANY, MOST_SIZE } from '../kernel/values/media.ts';
import { autocompleteFor } from './autocomplete.ts';
import type { Widget } from './form-model.ts';
import type { AnswerKind } from './schema-facets.ts';
import { answerKind, choicesOf, flattened, itemsOf, numberOf, textOf } from './schema-facets.ts';

/** From how many choices on a drop-down list is shown instead of radio buttons. */
const MANY_CHOICES = 8;
/** From how many characters on a text gets several lines. */
const LONG_TEXT = 201;

/** How the answer to a plain text looks, by its format, where people cannot guess it. */
const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['date-time', 'For example, 2027-03-31T09:30:00Z'],
  ['time', 'For example, 13:30:00Z'],
  ['duration', 'For example, P14D for 14 days or PT8H for 8 hours'],
  ['uri', 'For example, https://www.example.com'],
]);

/** The widgets that an author may choose for each kind of answer, in the words of the language. */
const WIDGETS: Readonly<Record<AnswerKind, readonly string[]>> = {
  text: ['text', 'textarea', 'email', 'tel'],
  number: ['number'],
  'whole number': ['number'],
  decimal: ['number'],
  'yes/no': ['radios'],
  date: ['date'],
  'one of': ['radios', 'select'],
  list: [],
  object: [],
  file: [],
  other: [],
};

/** The names of the widgets that can hold what a schema asks for. */
export function widgetNames(schema: JsonSchema): readonly string[] {
  return WIDGETS[answerKind(schema)];
}

/**
 * Chooses the widget of one scalar value, or of a list of choices that may each be taken once.
 * Answers `undefined` for lists with entries of their own, and objects.
 */
export function widgetFor(
  schema: JsonSchema,
  name: string,
  wanted: string | undefined,
  personal: boolean,
): Widget | undefined {
  const kind = answerKind(schema);
  switch (kind) {
    case 'text':
      return textWidget(schema, name, wanted, personal);
    case 'number':
    case 'whole number':
    case 'decimal':
      return { kind: 'number', of: kind };
    case 'yes/no':
      return { kind: 'yes-no' };
    case 'date':
      return { kind: 'date', ...completed(name, personal) };
    case 'one of':
      return choiceWidget(schema, wanted);
    case 'list':
      return checkboxes(schema);
    case 'other':
      return { kind: 'json' };
    case 'file':
      return fileWidget(schema);
    case 'object':
      return undefined;
  }
}

/** Says what an answer looks like, where its schema does not describe it. */
export function exampleOf(schema: JsonSchema): string | undefined {
  const { examples } = flattened(schema);
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  if (typeof example === 'string' || typeof example === 'number') return `For example, ${example}`;
  return EXAMPLES.get(textOf(schema, 'format') ?? '');
}

function fileWidget(schema: JsonSchema): Widget {
  const { 'x-accept': accept } = flattened(schema);
  return {
    kind: 'file',
    accept: Array.isArray(accept) ? (accept as string[]) : ACCEPT_ANY,
    maxSize: textOf(schema, 'x-maxSize') ?? MOST_SIZE,
  };
}

function textWidget(
  schema: JsonSchema,
  name: string,
  wanted: string | undefined,
  personal: boolean,
): Widget {
  const maxLength = numberOf(schema, 'maxLength');
  const limit = maxLength === undefined ? {} : { maxLength };
  const free = textOf(schema, 'format') === undefined && textOf(schema, 'pattern') === undefined;
  const long = wanted === undefined && free && (maxLength ?? 0) >= LONG_TEXT;
  if (wanted === 'textarea' || long) return { kind: 'textarea', ...limit };
  const lines = free && maxLength === undefined ? { lines: true } : {};
  const input = wanted === 'email' || wanted === 'tel' ? wanted : inputType(schema, name);
  return { kind: 'text', input, ...completed(name, personal), ...limit, ...lines };
}

function inputType(schema: JsonSchema, name: string): 'text' | 'email' | 'tel' | 'url' {
  switch (textOf(schema, 'format')) {
    case 'email':
    case 'idn-email':
      return 'email';
    case 'uri':
    case 'iri':
      return 'url';
    default:
      return autocompleteFor(name) === 'tel' ? 'tel' : 'text';
  }
}

function completed(name: string, personal: boolean): { autocomplete?: string } {
  const autocomplete = personal ? autocompleteFor(name) : undefined;
  return autocomplete === undefined ? {} : { autocomplete };
}

function choiceWidget(schema: JsonSchema, wanted: string | undefined): Widget {
  const choices = choicesOf(schema) ?? [];
  const many = choices.length >= MANY_CHOICES;
  if (wanted === 'radios') return { kind: 'radios', choices };
  return { kind: wanted === 'select' || many ? 'select' : 'radios', choices };
}

function checkboxes(schema: JsonSchema): Widget | undefined {
  const choices = choicesOf(itemsOf(schema));
  if (choices === undefined || flattened(schema)['uniqueItems'] !== true) return undefined;
  return { kind: 'checkboxes', choices };
}
