import { parseExpression } from '../expressions/parse.ts';
import type { Syntax } from '../expressions/parse.ts';

/** Finds a mail address, or a part of one, that a formula may give as it is written in it. */
export function addressWrittenIn(
  source: string,
): { readonly from: number; readonly to: number } | undefined {
  const parsed = parseExpression(source);
  const found = parsed.ok ? literalIn(parsed.syntax) : undefined;
  return found && { from: found.start, to: found.end };
}

/** What is only compared or asked for does not end up in the value. */
function literalIn(syntax: Syntax): Syntax | undefined {
  switch (syntax.op) {
    case 'value':
      return typeof syntax.args === 'string' && syntax.args.includes('@') ? syntax : undefined;
    case '?:':
      return firstIn(syntax.args.slice(1));
    case '+':
      return firstIn(syntax.args);
    case 'call':
      return firstIn(syntax.args[1]);
    case 'rcall':
      return firstIn([syntax.args[1], ...syntax.args[2]]);
    default:
      return undefined;
  }
}

function firstIn(parts: readonly Syntax[]): Syntax | undefined {
  for (const part of parts) {
    const found = literalIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
