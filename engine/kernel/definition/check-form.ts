import type { Json } from '../json.ts';
import type { Path } from '../problem.ts';
import { compileOwnSchema } from '../validator/own-schema.ts';
import { pathOf } from '../validator/pointer.ts';
import type { SchemaError } from '../validator/schema-error.ts';
import { reportItemType } from './item-type.ts';
import { meantWord } from './meant-word.ts';
import type { Report } from './report.ts';
import { PATTERN_WORDS } from './schema/patterns.ts';
import { walkParts } from './schema/walk-parts.ts';
import type { WrittenPart } from './schema/walk-parts.ts';
import { workflowSchema } from './schema/workflow-schema.ts';
import type { Written } from './schema/workflow-schema.ts';

const validate = compileOwnSchema(workflowSchema);

/**
 * The stage *Form*: holds a written workflow against the schema of the language.
 * @returns the same value with its type known, or `undefined` when problems were reported.
 */
export function checkForm(value: Json, report: Report): Written<'Workflow'> | undefined {
  const errors = validate(value);
  // The schema lets no key pass that it does not know: what it takes has none to tell of.
  if (errors.length === 0) return asWritten(value);
  const told: Path[] = [];
  walkParts(value, (part) => {
    if (told.some((path) => isWithin(part.path, path))) return;
    for (const key of Object.keys(part.value)) {
      const path = [...part.path, key];
      if (checkKey(part, key, path, report)) told.push(path);
    }
  });
  for (const error of errors) {
    const path = pathOf(error.pointer);
    // A key that was told of may stand in the place of one that is missing.
    const place = error.keyword === 'required' ? path.slice(0, -1) : undefined;
    const known = told.some(
      (other) =>
        isWithin(path, other) || (place?.length === other.length - 1 && isWithin(other, place)),
    );
    if (!known) reportMisfit(error, path, value, report);
  }
  return report.problems.length === 0 ? asWritten(value) : undefined;
}

/** Takes a value as the workflow that an earlier `checkForm` found it to be. */
export function asWritten(value: Json): Written<'Workflow'> {
  return value as unknown as Written<'Workflow'>;
}

/** Tells whether a key was reported. */
function checkKey(part: WrittenPart, key: string, path: Path, report: Report): boolean {
  if (part.keys.includes(key)) return false;
  if (part.pattern !== undefined) {
    if (new RegExp(part.pattern).test(key)) return false;
    const expected = PATTERN_WORDS.get(part.pattern) ?? part.pattern;
    report.atKey(path, 'bad-name', `"${key}" must be ${expected}.`);
    return true;
  }
  const message = `"${key}" is not known ${placeOf(part)}.`;
  report.unknownKey(path, 'unknown-key', message, part.keys);
  return true;
}

/** What the parts are called in messages, where it is not their name in small letters. */
const PLACES: Readonly<Partial<Record<WrittenPart['name'], string>>> = {
  Workflow: 'in a workflow',
  DataField: 'in a data field',
  ExtendedType: 'in a type that is added to',
  InlineType: 'in the description of a kind',
  Literal: 'beside a literal value',
  FormField: 'in a field of a form',
  FormPage: 'in a page of a form',
  FormRule: 'in a rule of a form',
  Actions: 'in `entry` or `exit`',
  Assign: 'in `assign`',
  Escalation: 'in `escalate`',
  ForEach: 'in `forEach`',
  Ask: 'in `ask`',
  Handler: 'in a rule of `on`',
  People: 'where people are named',
  Undo: 'in `undo`',
  Send: 'in `send`',
  RecipientRole: 'in `to` of a message',
};

function placeOf(part: WrittenPart): string {
  return PLACES[part.name] ?? `in a ${part.name.toLowerCase()}`;
}

function reportMisfit(error: SchemaError, path: Path, root: Json, report: Report): void {
  const name = `"${path.findLast((step): step is string => typeof step === 'string') ?? ''}"`;
  if (path.length === 0) {
    const message = `The file does not hold a workflow: it ${error.message}, like \`workflow: online-quote\`.`;
    report.at(path, 'wrong-form', message);
  } else if (error.keyword === 'required') {
    const around = path.length > 1 ? ` in "${String(path.at(-2))}"` : ' in the workflow';
    report.atKey(path, 'missing-key', `${name} is missing${around}.`);
  } else if (valueAt(root, path) === null) {
    report.atKey(path, 'wrong-form', `${name} has no value.`);
  } else if (path.at(-1) === 'of' && typeof valueAt(root, path) === 'string') {
    reportItemType(path, valueAt(root, path.slice(0, -1)), report);
  } else {
    const { pattern } = error.params;
    const words = typeof pattern === 'string' ? PATTERN_WORDS.get(pattern) : undefined;
    const sentence = words === undefined ? error.message : `must be ${words}`;
    const meant = meantWord(error, path, valueAt(root, path));
    report.meant(path, 'wrong-form', `${name} ${sentence}.`, meant);
  }
}

function valueAt(root: Json, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Readonly<Record<string, unknown>>)[String(step)]
        : undefined,
    root,
  );
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((step, index) => String(path[index]) === String(step));
}
