import type { Environment } from '../expressions/expression.ts';

/** Whether a text is rendered as it is, or with the signs of HTML escaped. */
export type RenderMode = 'text' | 'html';

/** A text that was checked and can be filled in. */
export interface CompiledText {
  /**
   * Fills the text in; an empty value leaves nothing. `link` stands where `{{link}}` does.
   * @throws `TrellisError` with code `text-too-big` beyond 1,000 rounds of `each` or 200 KB.
   */
  render(environment: Environment, mode: RenderMode, link?: string): string;
  /** Fills in a text of one line: control characters become spaces. */
  renderLine(environment: Environment): string;
}
