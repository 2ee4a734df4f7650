import type { SchemaError } from '../kernel/validator/schema-error.ts';
import type { FormModel, Question } from './form-model.ts';
import { insideSentence, withArticle } from './label.ts';

/** Says that a required answer is missing: *Enter your company name*, *Select the segment*. */
export function missingText(question: Question, voice: FormModel['voice']): string {
  const { widget, label } = question;
  if (widget.kind === 'list') {
    const least = Math.max(widget.minItems, 1);
    const noun =
      least === 1 ? withArticle(widget.noun) : `at least ${least} ${widget.noun} entries`;
    return `Add ${noun}`;
  }
  const chosen = ['radios', 'select', 'yes-no', 'checkboxes'].includes(widget.kind);
  const verb = widget.kind === 'file' ? 'Upload' : chosen ? 'Select' : 'Enter';
  if (/[?!.]$/u.test(label)) {
    return `${verb} ${widget.kind === 'file' ? 'a file for' : 'an answer to'} “${label}”`;
  }
  const named = insideSentence(label);
  const owned = /^(your|our|the|a|an|my|this)\s/u.test(named);
  return owned ? `${verb} ${named}` : `${verb} ${voice} ${named}`;
}

/** Says in one sentence how an answer does not fit its schema. */
export function schemaErrorText(
  question: Question,
  error: SchemaError,
  voice: FormModel['voice'],
): string {
  if (error.keyword === 'required') return missingText(question, voice);
  const special = SPECIAL.get(error.keyword)?.(question, error.params);
  return special ?? `${question.label} ${predicate(error)}`;
}

type Params = SchemaError['params'];
type Special = (question: Question, params: Params) => string | undefined;

const SPECIAL: ReadonlyMap<string, Special> = new Map<string, Special>([
  ['format', (question, params) => formatText(question, params['format'])],
  ['pattern', (question) => `${question.label} is not in the correct format${like(question)}`],
  ['enum', choose],
  ['const', choose],
  ['minItems', (question, params) => entries(question, 'at least', params['limit'])],
  ['maxItems', (question, params) => entries(question, 'at most', params['limit'])],
  ['uniqueItems', ({ label }) => `${label} must not have the same entry twice`],
]);

/** The rest of a sentence that begins with the label, by keyword; `{}` is the limit. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['maxLength', 'must be {} characters or fewer'],
  ['minLength', 'must be {} characters or more'],
  ['minimum', 'must be {} or more'],
  ['maximum', 'must be {} or less'],
  ['exclusiveMinimum', 'must be more than {}'],
  ['exclusiveMaximum', 'must be less than {}'],
  ['x-minimum', 'must be {} or more'],
  ['x-maximum', 'must be {} or less'],
  ['x-maxSize', 'must be {} or smaller'],
  ['x-scale', 'must have no more than {} decimal places'],
]);

function predicate({ keyword, params, message }: SchemaError): string {
  const limit = params['limit'];
  const sentence = LIMITS.get(keyword);
  if (sentence === undefined || !(typeof limit === 'number' || typeof limit === 'string')) {
    return message;
  }
  const text = typeof limit === 'number' ? grouped(limit) : limit;
  return sentence.replace('{}', text).replace(/\b1 (character|decimal place)s/u, '1 $1');
}

function formatText(question: Question, format: unknown): string | undefined {
  const { label } = question;
  switch (format) {
    case 'email':
    case 'idn-email':
      return 'Enter an email address in the correct format, like name@example.com';
    case 'uri':
    case 'iri':
      return 'Enter a web address in the correct format, like https://www.example.com';
    case 'date':
      return `${label} must be a real date`;
    case 'date-time':
      return `${label} must be a date and time in the correct format, like 2027-03-31T09:30:00Z`;
    case 'time':
      return `${label} must be a time in the correct format, like 13:30:00Z`;
    case 'duration':
      return `${label} must be a length of time in the correct format, like P14D or PT8H`;
    default:
      return `${label} is not in the correct format${like(question)}`;
  }
}

function like({ hint }: Question): string {
  const example = /^For example, (.+)$/u.exec(hint ?? '')?.[1];
  return example === undefined ? '' : `, like ${example}`;
}

function choose({ label }: Question): string {
  return `Select one of the choices for ${insideSentence(label)}`;
}

function entries(question: Question, bound: string, limit: unknown): string | undefined {
  if (typeof limit !== 'number') return undefined;
  const noun = question.widget.kind === 'list' ? question.widget.noun : 'choice';
  return `${question.label} must have ${bound} ${limit} ${limit === 1 ? noun : `${noun} entries`}`;
}

/** Writes a number with commas between thousands. */
function grouped(value: number): string {
  return value.toLocaleString('en-IE', { maximumFractionDigits: 20 });
}
