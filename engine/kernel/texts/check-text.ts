import type { ExpressionProblem, FieldRead, Scope } from '../expressions/expression.ts';
import type { CompiledText } from './compiled-text.ts';
import { compileBlock } from './compile-block.ts';
import { parseText } from './parse-text.ts';
import { render } from './rendering.ts';
import type { TextChecker, TextFlow } from './text-checker.ts';
import { rootScope } from './text-scope.ts';

export interface TextOptions {
  /** Whether `{{link}}` must stand in the text, or must not. */
  readonly link: 'required' | 'forbidden';
  /** The helpers that the text may use. (Default: all of `if unless each date money number`) */
  readonly helpers?: readonly string[];
  /** How dates and numbers are written. (Default: en-IE) */
  readonly locale?: string;
}

export interface TextResult {
  /** Absent where there are problems. */
  readonly text?: CompiledText;
  readonly problems: readonly ExpressionProblem[];
  /** Every value that the text shows, or is decided by, and the path it came from. */
  readonly flows: readonly TextFlow[];
  /** Where it names fields of locked types. */
  readonly fields: readonly FieldRead[];
}

const ALL_HELPERS = ['if', 'unless', 'each', 'date', 'money', 'number'];

/**
 * Checks the Handlebars source of a message, a subject or a title: only `{{path}}`, the helpers
 * and comments may stand in it, and every path is checked like an expression. What is empty leaves
 * nothing. Never throws, whatever the source.
 */
export function checkText(source: string, scope: Scope, options: TextOptions): TextResult {
  const parsed = parseText(source);
  if (!parsed.ok) return { problems: [parsed.problem], flows: [], fields: [] };
  const checker: TextChecker = {
    source,
    helpers: options.helpers ?? ALL_HELPERS,
    locale: options.locale ?? 'en-IE',
    link: options.link,
    problems: [],
    flows: new Map(),
    fields: [],
    links: 0,
  };
  const part = compileBlock(parsed.program.body, rootScope(scope.variables), checker, 0);
  if (options.link === 'required' && checker.links === 0) {
    checker.problems.push({
      code: 'link-missing',
      message:
        'The text of an `ask` must have {{link}} in it, outside of every {{#if}} and {{#each}}.',
      from: 0,
      to: source.length,
    });
  }
  const { problems, fields } = checker;
  const flows = [...checker.flows.values()];
  if (problems.length > 0) return { problems, flows, fields };
  const text: CompiledText = {
    render: (environment, mode, link = '') => render(part, environment, mode, link),
    renderLine: (environment) => oneLine(render(part, environment, 'text', '')),
  };
  return { text, problems, flows, fields };
}

/** A subject with a line break in it could add lines to a mail's head. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
