import { TrellisError } from '../errors.ts';
import type { Fix } from '../problem.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Context } from './context.ts';
import { sourceOf } from './context.ts';
import type { Node, Run } from './node.ts';
import type { Refusal } from './refusal.ts';
import { refuse, replacing } from './refusal.ts';

/**
 * Takes a node where a value is needed.
 * @throws `Refusal` with code `may-be-empty` where it may have none.
 */
export function needed(context: Context, node: Node): Node {
  if (node.type.mayBeEmpty) throw mayBeEmpty(context, node);
  if (node.assumed !== true) return node;
  const { stored } = node;
  const shown = node.path?.shown ?? '';
  return {
    ...node,
    run: guarded(node.run, shown),
    ...(stored !== undefined && { stored: guarded(stored, shown) }),
  };
}

/** Presence was worked out before the case ran; should it be wrong, that must not pass silently. */
function guarded(run: Run, shown: string): Run {
  return (frame) => {
    const value = run(frame);
    if (value !== null) return value;
    throw new TrellisError('empty-value', `"${shown}" is empty, but a value is needed here.`, {
      path: shown,
    });
  };
}

/** The refusal of a value that may be empty, with the way on which it is and a cure. */
export function mayBeEmpty(context: Context, node: Node, inside: readonly string[] = []): Refusal {
  if (node.type.kind === 'empty') {
    return refuse('may-be-empty', node, 'A value is needed here, but this is empty.');
  }
  const source = sourceOf(context, node);
  const shown = [node.path?.shown ?? source, ...inside].join('.');
  const why = node.path === undefined ? undefined : whyEmpty(context, shown);
  const finding =
    why === undefined ? `"${shown}" may be empty here.` : `"${shown}" is empty here when ${why}.`;
  const fix = inside.length > 0 ? undefined : orElseFix(node, source);
  const cure =
    fix === undefined
      ? ' Fill it on every way that leads here.'
      : ` Test it first (${shown} != null && …), or say what counts instead: ${fix.edits[0]?.text ?? ''}.`;
  return refuse('may-be-empty', node, finding + cure, fix);
}

function whyEmpty(context: Context, path: string): string | undefined {
  return context.shared.scope.whyEmpty?.(path);
}

function orElseFix(node: Node, source: string): Fix | undefined {
  const instead = neutralValue(node.type);
  if (instead === undefined) return undefined;
  const text = `orElse(${source}, ${instead})`;
  return replacing(node, text, `Use ${instead} where it is empty`);
}

/** What an author would most likely want where a value is missing. */
function neutralValue(type: ValueType): string | undefined {
  switch (type.kind) {
    case 'text':
      return '""';
    case 'number':
    case 'whole number':
    case 'decimal':
      return '0';
    case 'yes/no':
      return 'false';
    case 'date':
      return 'today()';
    case 'date-time':
      return 'now';
    case 'duration':
      return 'hours(0)';
    case 'list':
      return '[]';
    case 'one of':
      return JSON.stringify(type.choices[0]);
    default:
      return undefined;
  }
}

/** Tells whether a running value counts as empty: also an object in which nothing is filled. */
export function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.values(value).every(
    (part) => isEmptyValue(part) || (Array.isArray(part) && part.length === 0),
  );
}
