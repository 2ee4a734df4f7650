/**
 * Markup that a template writes as it is. Everything else is escaped; templates never use
 * `{{{…}}}`. Make one only of markup that this host built itself.
 */
export class TrustedHtml {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  /** Read by Handlebars in place of escaping. */
  toHTML(): string {
    return this.#markup;
  }
}
