import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import { isEmptyValue } from '../expressions/emptiness.ts';
import { compileValue } from './compile-value.ts';
import { isPath, readAsked } from './read-path.ts';
import type { Part } from './rendering.ts';
import { countRound, inOrder, write } from './rendering.ts';
import type { TextChecker } from './text-checker.ts';
import { report } from './text-checker.ts';
import type { TextScope } from './text-scope.ts';
import { itemScope } from './text-scope.ts';

const NOTHING: Part = () => undefined;

/** Compiles a run of statements. `depth` counts the blocks around it. */
export function compileBlock(
  statements: readonly hbs.AST.Statement[],
  scope: TextScope,
  checker: TextChecker,
  depth: number,
): Part {
  return inOrder(statements.map((statement) => compileStatement(statement, scope, checker, depth)));
}

function compileStatement(
  statement: hbs.AST.Statement,
  scope: TextScope,
  checker: TextChecker,
  depth: number,
): Part {
  switch (statement.type) {
    case 'ContentStatement': {
      const { value } = statement as hbs.AST.ContentStatement;
      return (rendering) => {
        write(rendering, value);
      };
    }
    case 'CommentStatement':
      return NOTHING;
    case 'MustacheStatement':
      return compileValue(statement as hbs.AST.MustacheStatement, scope, checker, depth);
    case 'BlockStatement':
      return compileHelper(statement as hbs.AST.BlockStatement, scope, checker, depth);
    default: {
      const message = 'A text has no partials and no decorators. Write the words themselves.';
      report(checker, statement, 'not-allowed', message);
      return NOTHING;
    }
  }
}

const BLOCKS = ['if', 'unless', 'each'];

function compileHelper(
  block: hbs.AST.BlockStatement,
  scope: TextScope,
  checker: TextChecker,
  depth: number,
): Part {
  const name = isPath(block.path) ? block.path.original : '';
  if (!BLOCKS.includes(name) || !checker.helpers.includes(name)) {
    const allowed = BLOCKS.filter((known) => checker.helpers.includes(known));
    const message = `There is no block {{#${name}}}. There is: ${allowed.join(', ') || 'none here'}.`;
    report(checker, block, 'not-allowed', message);
    return NOTHING;
  }
  const [argument] = block.params;
  if (argument === undefined || block.params.length > 1 || hasExtras(block)) {
    const message = `{{#${name}}} takes one field, as in {{#${name} quote.lines}}, and nothing else.`;
    report(checker, block, 'not-allowed', message);
    return NOTHING;
  }
  return name === 'each'
    ? compileEach(block, argument, scope, checker, depth)
    : compileIf(block, argument, scope, checker, depth, name === 'if');
}

/** `{{#each lines as |l|}}` and `{{#if x includeZero=true}}`. */
function hasExtras(block: hbs.AST.BlockStatement): boolean {
  const hasHash = ((block.hash as hbs.AST.Hash | undefined)?.pairs.length ?? 0) > 0;
  // A program with only an `else` has no first part.
  const program = block.program as hbs.AST.Program | undefined;
  const names = program?.blockParams as readonly string[] | undefined;
  return hasHash || (names ?? []).length > 0;
}

function compileIf(
  block: hbs.AST.BlockStatement,
  argument: hbs.AST.Expression,
  scope: TextScope,
  checker: TextChecker,
  depth: number,
  isIf: boolean,
): Part {
  const found = readAsked(argument, scope, checker);
  const first = branch(block.program, scope, checker, depth);
  const second = branch(block.inverse, scope, checker, depth);
  if (found === undefined) return NOTHING;
  const { expression } = found;
  return (rendering, reading) => {
    const holds = isShown(expression.evaluate(reading.environment), expression.type);
    (holds === isIf ? first : second)(rendering, reading);
  };
}

/** Zero, no, nothing and an empty list count as not there, as Handlebars has it. */
function isShown(value: unknown, { kind }: ValueType): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (kind === 'decimal' && typeof value === 'string') return /[1-9]/.test(value);
  return value !== false && value !== 0 && value !== '' && !isEmptyValue(value);
}

function compileEach(
  block: hbs.AST.BlockStatement,
  argument: hbs.AST.Expression,
  scope: TextScope,
  checker: TextChecker,
  depth: number,
): Part {
  const found = readAsked(argument, scope, checker);
  const otherwise = branch(block.inverse, scope, checker, depth);
  if (found === undefined) return NOTHING;
  const { expression, prefix } = found;
  if (expression.type.kind !== 'list') {
    const message = `{{#each}} goes through a list, but this is ${showKind(expression.type)}.`;
    report(checker, argument, 'wrong-kind', message);
    return NOTHING;
  }
  const inside = itemScope(scope, expression.type.of, prefix);
  const body = branch(block.program, inside, checker, depth);
  const name = inside.item ?? '';
  return (rendering, reading) => {
    const { environment } = reading;
    const items = expression.evaluate(environment);
    if (!Array.isArray(items) || items.length === 0) {
      otherwise(rendering, reading);
      return;
    }
    items.forEach((item: unknown, index) => {
      countRound(rendering);
      const variables = { ...environment.variables, [name]: item };
      body(rendering, { environment: { ...environment, variables }, index });
    });
  };
}

function branch(
  program: hbs.AST.Program | undefined,
  scope: TextScope,
  checker: TextChecker,
  depth: number,
): Part {
  return program === undefined ? NOTHING : compileBlock(program.body, scope, checker, depth + 1);
}
