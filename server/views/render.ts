import Handlebars from 'handlebars';
import { TrustedHtml } from './html.ts';
import { layoutView } from './layout-view.ts';
import type { Frame, Page } from './page.ts';

/** Writes pages as HTML. */
export interface Renderer {
  /**
   * Writes a whole document.
   *
   * @throws `Error` where there is no template of that name: a fault of this host, not of a visitor.
   */
  render(page: Page, frame: Frame): string;
  /** Writes one template by itself, without the layout. */
  part(template: string, model: object): string;
}

type Compiled = (model: object) => string;

/**
 * Makes the renderer of trusted templates, by their paths below `templates/` without `.hbs`. Each is
 * compiled once, at its first use, and may be used by others as a partial under the same path.
 */
export function createRenderer(templates: ReadonlyMap<string, string>): Renderer {
  const handlebars = Handlebars.create();
  for (const [name, text] of templates) {
    // The end of a file is no space between the words around its partial.
    handlebars.registerPartial(name, text.replace(/\n$/u, ''));
  }
  const compiled = new Map<string, Compiled>();

  const templateOf = (name: string): Compiled => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const text = templates.get(name);
    if (text === undefined) throw new Error(`There is no template "${name}.hbs".`);
    const made: Compiled = handlebars.compile(text, { knownHelpersOnly: true });
    compiled.set(name, made);
    return made;
  };

  return {
    part: (template, model) => templateOf(template)(model),
    render: (page, frame) => {
      const content = new TrustedHtml(templateOf(page.template)(page.model));
      return templateOf('layout')(layoutView(page, frame, content));
    },
  };
}
