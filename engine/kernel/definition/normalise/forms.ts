import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { ValueType } from '../../types/value-type.ts';
import { asWords } from '../as-words.ts';
import type { Column, Form, FormField, FormItem, FormPage, FormRule } from '../form.ts';
import { readDataPath, typeAt } from './data-paths.ts';
import { readDelay } from './delays.ts';
import { readExpression } from './expressions.ts';
import { withItems } from './for-each.ts';
import { readInlineType } from './inline-types.ts';
import { keptPath } from './item-paths.ts';
import { readAudience } from './people.ts';
import type { Reading } from './reading.ts';

/** Reads all forms. */
export function readForms(
  written: Written<'Forms'> | undefined,
  items: ReadonlyMap<string, readonly FormItem[]>,
  reading: Reading,
): readonly Form[] {
  return Object.entries(written ?? {}).map(([name, form]) =>
    readForm(name, form, withItems(reading, items.get(name) ?? [])),
  );
}

function readForm(name: string, written: Written<'Form'>, reading: Reading): Form {
  const path = ['forms', name];
  const pages = readPages(written, path, reading);
  return {
    items: [...reading.items.values()],
    path,
    name,
    title: written.title ?? asWords(name),
    ...(written.audience === undefined
      ? {}
      : { audience: readAudience(written.audience, [...path, 'audience'], 'form', reading) }),
    show: (written.show ?? []).map((shown, index) => {
      const at = [...path, 'show', index];
      return { path: at, target: readDataPath(shown, at, reading, 'value') };
    }),
    pages,
    outcomes: Object.entries(written.outcomes ?? {}).map(([outcome, title]) => ({
      name: outcome,
      title,
    })),
    rules: (written.rules ?? []).map((rule, index) =>
      readRule(rule, [...path, 'rules', index], pages, reading),
    ),
    summary: written.summary ?? false,
    ...(written.saveAndReturn === undefined
      ? {}
      : { saveAndReturn: readDelay(written.saveAndReturn) }),
  };
}

/** A form with `fields` alone has one page. */
function readPages(written: Written<'Form'>, path: Path, reading: Reading): readonly FormPage[] {
  const { pages, fields } = written;
  if (pages === undefined) {
    const at = [...path, 'fields'];
    return [{ path: at, fields: readFields(fields ?? [], at, reading) }];
  }
  if (fields !== undefined) {
    const message = 'A form has "pages" or "fields", not both. Move these fields to a page.';
    reading.report.atKey([...path, 'fields'], 'pages-and-fields', message);
  }
  return pages.map((page, index) => {
    const at = [...path, 'pages', index];
    const title = page.title === undefined ? {} : { title: page.title };
    return { path: at, ...title, fields: readFields(page.fields, [...at, 'fields'], reading) };
  });
}

function readRule(
  written: Written<'FormRule'>,
  path: Path,
  pages: readonly FormPage[],
  reading: Reading,
): FormRule {
  const { must, say, at } = written;
  const fields = pages.flatMap((page) => page.fields);
  const own = fields.find(({ scope, target }) => scope === 'form' && target.join('.') === at);
  return {
    path,
    must: readExpression(must, [...path, 'must']),
    say,
    ...(at === undefined
      ? {}
      : { at: own?.target ?? readDataPath(at, [...path, 'at'], reading, 'value') }),
  };
}

function readFields(
  written: Written<'FormFields'>,
  path: Path,
  reading: Reading,
): readonly FormField[] {
  return written.flatMap((field, index) => {
    const at = [...path, index];
    if (typeof field !== 'string') return readField(field, at, reading);
    return [
      asked(
        { path: at, scope: 'data', required: false, ...readAsked(field, at, reading) },
        reading,
      ),
    ];
  });
}

/** A field of the data, or of the item that the form is filled for. */
function readAsked(
  written: string,
  path: Path,
  reading: Reading,
): Pick<FormField, 'target' | 'kept'> {
  const target = readDataPath(written, path, reading, 'value');
  const kept = keptPath(target, path, reading, 'value');
  return kept === undefined ? { target } : { target, kept };
}

/** A list's items are whole: what their type requires cannot be left empty. */
function asked(field: FormField, reading: Reading): FormField {
  const type = field.kept === undefined ? undefined : typeAt(field.target, reading);
  const isNeeded = type?.mayBeEmpty === false && type.kind !== 'list';
  return isNeeded ? { ...field, required: true } : field;
}

function readField(
  written: Written<'FormField'>,
  path: Path,
  reading: Reading,
): FormField | readonly [] {
  const { title, hint, widget, when } = written;
  const rest = {
    path,
    required: written.required ?? false,
    ...(title === undefined ? {} : { title }),
    ...(hint === undefined ? {} : { hint }),
    ...(widget === undefined ? {} : { widget }),
    ...(when === undefined ? {} : { when: readExpression(when, [...path, 'when']) }),
  };
  if (written.kind !== undefined) return readOwnField(written, rest, reading);
  checkNoFacets(written, path, reading);
  const at = [...path, 'field'];
  const field = asked(
    { ...rest, scope: 'data', ...readAsked(written.field, at, reading) },
    reading,
  );
  return { ...field, ...readColumns(written.columns, field, reading) };
}

type Rest = Omit<FormField, 'scope' | 'target' | 'own' | 'columns'>;

/** A field that belongs to the form alone: `form.NAME` in its outcomes. */
function readOwnField(
  written: Written<'FormField'>,
  rest: Rest,
  { report }: Reading,
): FormField | readonly [] {
  const { field, kind, columns } = written;
  const { path } = rest;
  if (kind === undefined) return [];
  if (field.includes('.')) {
    const message = `"${field}" has a "kind", so it is the form's own: its name has no dot. Take "kind" out to ask for a field of the data.`;
    report.at([...path, 'field'], 'own-field-name', message);
    return [];
  }
  if (columns !== undefined) {
    const message = '"columns" are for a list of the data. Take it out.';
    report.atKey([...path, 'columns'], 'misplaced-key', message);
  }
  const own = readInlineType({ ...facetsOf(written), kind }, path, report);
  return own === undefined ? [] : { ...rest, scope: 'form', target: [field], own };
}

const FACETS = [
  ...(['minLength', 'maxLength', 'minimum', 'maximum', 'pattern'] as const),
  ...(['choices', 'of', 'fields', 'accept', 'maxSize', 'classification'] as const),
] as const;

type Facets = Pick<Written<'InlineType'>, (typeof FACETS)[number]>;

function facetsOf(written: Written<'FormField'>): Facets {
  const given = FACETS.filter((name) => written[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, written[name]]));
}

/** What a field of the data may hold, its type alone says. */
function checkNoFacets(written: Written<'FormField'>, path: Path, { report }: Reading): void {
  for (const name of FACETS) {
    if (written[name] === undefined) continue;
    const message = `"${name}" is for a field of the form's own, with a "kind". What "${written.field}" may hold, its type says.`;
    report.atKey([...path, name], 'misplaced-key', message);
  }
}

type WrittenColumn = NonNullable<Written<'FormField'>['columns']>[number];

function readColumns(
  columns: readonly WrittenColumn[] | undefined,
  field: FormField,
  reading: Reading,
): Pick<FormField, 'columns'> {
  if (columns === undefined) return {};
  const path = [...field.path, 'columns'];
  const type = typeAt(field.target, reading);
  if (type?.kind === 'list' && type.of.kind === 'object') {
    checkColumns(columns, type.of, path, reading);
  } else if (type !== undefined && type.kind !== 'empty') {
    const message = `"${field.target.join('.')}" is not a list of objects: it has no columns. Take "columns" out.`;
    reading.report.atKey(path, 'misplaced-key', message);
  }
  return { columns: columns.map(readColumn) };
}

function readColumn(written: WrittenColumn): Column {
  return typeof written === 'string'
    ? { name: written, required: false }
    : { name: written.field, required: written.required ?? false };
}

/** Reports columns that an item of the list does not have. */
function checkColumns(
  columns: readonly WrittenColumn[],
  item: Extract<ValueType, { readonly kind: 'object' }>,
  path: Path,
  { report }: Reading,
): void {
  const names = Object.keys(item.fields);
  const what = `field of ${item.name ?? 'the list'} named`;
  for (const [index, column] of columns.entries()) {
    const { name } = readColumn(column);
    const at = typeof column === 'string' ? [index] : [index, 'field'];
    if (!names.includes(name)) report.unknown([...path, ...at], 'unknown-field', what, name, names);
  }
}
