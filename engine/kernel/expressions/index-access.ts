import { withEmptiness } from '../types/make-type.ts';
import { showKind } from '../types/show.ts';
import type { Context } from './context.ts';
import { isPresent } from './context.ts';
import { needed } from './emptiness.ts';
import { itemKey } from './implied.ts';
import type { Node } from './node.ts';
import { makeNode } from './node.ts';
import type { SyntaxOf } from './parse.ts';
import { refuse } from './refusal.ts';

/** Checks the reading of an item by its number, `lines[0]`: it may not be there. */
export function checkIndex(syntax: SyntaxOf<'[]'>, context: Context): Node {
  const [listSyntax, indexSyntax] = syntax.args;
  const list = needed(context, context.check(listSyntax, context));
  const index = needed(context, context.check(indexSyntax, context));
  if (list.type.kind !== 'list') {
    throw refuse('wrong-kind', list, `A list is needed before [ ], not ${showKind(list.type)}.`);
  }
  if (index.type.kind !== 'whole number') {
    throw refuse('wrong-kind', index, 'The number of an item is a whole number, counted from 0.');
  }
  const path = pathOf(list, index);
  const isThere = path !== undefined && isPresent(context.facts, path.key);
  return makeNode(syntax, {
    type: withEmptiness(list.type.of, !isThere),
    assumed: isThere,
    ...(path !== undefined && { path }),
    run: (frame) => (list.run(frame) as readonly unknown[])[index.run(frame) as number] ?? null,
    flows: [...list.flows, ...index.flows],
    ...(list.items !== undefined && {
      items: { prefix: list.items.prefix, extra: [...list.items.extra, ...index.flows] },
    }),
  });
}

/** An item that is named by a number alone is the same wherever it is read. */
function pathOf({ path }: Node, { type: { literal } }: Node): Node['path'] {
  if (path === undefined || typeof literal !== 'number') return undefined;
  return { key: itemKey(path.key, literal), shown: `${path.shown}[${literal}]` };
}
