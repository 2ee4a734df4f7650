import { readFileSync, readdirSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { FormView } from '../../../server/views/forms/form-view.ts';
import { FORM_TEMPLATE } from '../../../server/views/forms/form-exchange.ts';

const FOLDER = 'templates/forms';

const handlebars = Handlebars.create();
for (const file of readdirSync(FOLDER)) {
  handlebars.registerPartial(
    `forms/${file.replace('.hbs', '')}`,
    readFileSync(`${FOLDER}/${file}`, 'utf8'),
  );
}
const template = handlebars.compile(`{{> ${FORM_TEMPLATE}}}`, { strict: false });

/** Writes a form's view as HTML, without the frame of the page. */
export function renderForm(view: FormView): string {
  return template(view);
}

/** Every start tag with its attributes, unescaped. */
export function tagsOf(html: string): readonly Tag[] {
  return [...html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*>/gu)].map(
    ([, name = '', attributes = '']) => ({
      name,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/([^\s"'<>/=]+)(?:="([^"]*)")?/gu)].map(([, key = '', value]) => [
          key,
          unescaped(value ?? ''),
        ]),
      ),
    }),
  );
}

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The ids of a page, in their order. */
export function idsOf(html: string): readonly string[] {
  return tagsOf(html).flatMap(({ attributes }) => attributes['id'] ?? []);
}

/** What is wrong with the references inside a page: ids that are missing, or there twice. */
export function brokenReferences(html: string): readonly string[] {
  const ids = idsOf(html);
  const wanted = tagsOf(html).flatMap(({ name, attributes }) => [
    ...(name === 'a' && attributes['href']?.startsWith('#') === true
      ? [attributes['href'].slice(1)]
      : []),
    ...(name === 'label' ? [attributes['for'] ?? '(a label without a field)'] : []),
    ...(attributes['aria-describedby']?.split(' ') ?? []),
  ]);
  return [
    ...wanted.filter((id) => !ids.includes(id)).map((id) => `missing ${id}`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `double ${id}`),
  ];
}

/** What a browser would post from a page when one of its buttons is pressed. */
export function fieldsOf(html: string): readonly (readonly [string, string])[] {
  const inputs = tagsOf(html)
    .filter(({ name, attributes }) => name === 'input' && attributes['name'] !== undefined)
    .filter(
      ({ attributes }) =>
        !['radio', 'checkbox'].includes(attributes['type'] ?? '') || 'checked' in attributes,
    )
    .map(({ attributes }): [string, string] => [
      attributes['name'] ?? '',
      attributes['value'] ?? '',
    ]);
  const areas = [
    ...html.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>\n([\s\S]*?)<\/textarea>/gu),
  ].map(([, name = '', text = '']): [string, string] => [unescaped(name), unescaped(text)]);
  const selects = [...html.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/gu)].map(
    ([, name = '', options = '']): [string, string] => {
      const chosen = tagsOf(options).find(({ attributes }) => 'selected' in attributes);
      return [unescaped(name), chosen?.attributes['value'] ?? ''];
    },
  );
  return [...inputs, ...areas, ...selects];
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x60;', '`')
    .replaceAll('&#x3D;', '=')
    .replaceAll('&amp;', '&');
}
