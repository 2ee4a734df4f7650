import Handlebars from 'handlebars';

/** Markup that was built here, as opposed to text that must be escaped. */
export interface Markup {
  readonly markup: string;
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Writes an element of XML: attributes and texts are escaped, `undefined` attributes left out. */
export function element(
  name: string,
  attributes: Attributes,
  ...content: readonly (Markup | string)[]
): Markup {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(value)}"`]))
    .join('');
  const inside = content.map((part) => (typeof part === 'string' ? escaped(part) : part.markup));
  return { markup: `<${name}${written}>${inside.join('')}</${name}>` };
}

function escaped(value: string | number): string {
  return Handlebars.escapeExpression(String(value));
}
