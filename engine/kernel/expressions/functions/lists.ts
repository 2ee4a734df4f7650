import { shapeClassification } from '../../types/classify.ts';
import { WHOLE_NUMBER, YES_NO, listOf, withoutLiteral } from '../../types/make-type.ts';
import { ITEM } from '../../types/schema-at.ts';
import { showKind } from '../../types/show.ts';
import type { ValueType } from '../../types/value-type.ts';
import { isOrdered } from '../compare.ts';
import type { Context, Local } from '../context.ts';
import { withPrefixes } from '../context.ts';
import { needed } from '../emptiness.ts';
import type { Frame } from '../frame.ts';
import { spend } from '../frame.ts';

import { checkCondition } from '../logic.ts';
import type { Flow } from '../flow.ts';
import { flowsOutOf } from '../flow.ts';
import type { ItemOrigin, Node, Run } from '../node.ts';
import { makeNode } from '../node.ts';
import type { Syntax } from '../parse.ts';
import { presentType } from '../present-type.ts';
import { refuse } from '../refusal.ts';
import type { Call, FunctionDefinition } from './definition.ts';
import { checkArgument, plainFunction, wrongArguments } from './definition.ts';
import { order } from './order.ts';

type ListType = Extract<ValueType, { kind: 'list' }>;

/** The list of a call like `lines.all(l, …)`, and the part that is read for each item. */
interface Walk {
  readonly list: Node & { readonly type: ListType };
  readonly slot: number;
  readonly body: Node;
}

/** What is worked out while a list is walked. */
type Visit = (value: unknown, item: unknown, index: number) => boolean;

const all: FunctionDefinition = {
  name: 'all',
  signature: 'list.all(x, condition)',
  description: 'Whether a condition holds for every item of a list.',
  example: { formula: '[1, 2, 3].all(x, x < 4)', result: true },
  check(call) {
    const walk = checkWalk(call, checkCondition);
    return { ...quantifier(call, walk, false), whenTrue: ofEveryItem(walk) };
  },
};

const exists: FunctionDefinition = {
  name: 'exists',
  signature: 'list.exists(x, condition)',
  description: 'Whether a condition holds for some item of a list.',
  example: { formula: '[1, 2, 3].exists(x, x > 3)', result: false },
  check: (call) => quantifier(call, checkWalk(call, checkCondition), true),
};

/** Stops at the first item that decides. */
function quantifier(call: Call, walk: Walk, decisive: boolean): Node {
  return makeNode(call.syntax, {
    type: YES_NO,
    run: (frame) => {
      let result = !decisive;
      visitItems(walk, frame, (holds) => {
        if ((holds === true) === decisive) result = decisive;
        return result !== decisive;
      });
      return result;
    },
    flows: [...walk.body.flows, ...shapeFlows(walk.list)],
  });
}

/** What is present in every item of a list, where a condition holds for all of them. */
function ofEveryItem({ list, body, slot }: Walk): readonly string[] {
  const { path } = list;
  if (path === undefined) return [];
  const start = `#${slot}.`;
  return body.whenTrue
    .filter((key) => key.startsWith(start))
    .map((key) => `${path.key}.${ITEM}.${key.slice(start.length)}`);
}

const filter: FunctionDefinition = {
  name: 'filter',
  signature: 'list.filter(x, condition)',
  description: 'The items of a list for which a condition holds.',
  example: { formula: '[1, 2, 3].filter(x, x > 1)', result: [2, 3] },
  check(call) {
    const walk = checkWalk(call, checkCondition);
    const { list, body, slot } = walk;
    const key = `#${slot}`;
    const present = body.whenTrue.filter((path) => path === key || path.startsWith(`${key}.`));
    const of = presentType(list.type.of, key, withPrefixes(present));
    return makeNode(call.syntax, {
      type: { ...list.type, of },
      run: (frame) => {
        const kept: unknown[] = [];
        visitItems(walk, frame, (holds, item) => {
          if (holds === true) kept.push(item);
          return true;
        });
        return kept;
      },
      flows: [...list.flows, ...body.flows],
      ...followed(list, body),
    });
  },
};

const map: FunctionDefinition = {
  name: 'map',
  signature: 'list.map(x, value)',
  description: 'A list of what is worked out for each item of a list.',
  example: { formula: '[1, 2, 3].map(x, x * 10)', result: [10, 20, 30] },
  check(call) {
    const item = call.wanted?.kind === 'list' ? call.wanted.of : undefined;
    const walk = checkWalk(call, (syntax, context) => context.check(syntax, context, item));
    return makeNode(call.syntax, {
      type: listOf(withoutLiteral(walk.body.type)),
      run: (frame) => {
        const made: unknown[] = [];
        visitItems(walk, frame, (value) => made.push(value) > 0);
        return made;
      },
      flows: [...walk.body.flows, ...shapeFlows(walk.list)],
    });
  },
};

const count: FunctionDefinition = {
  name: 'count',
  signature: 'list.count(x, condition) or count(list)',
  description: 'How many items a list has, or for how many of them a condition holds.',
  example: { formula: '["a", "b", "a"].count(x, x == "a")', result: 2 },
  check(call) {
    if (call.args.length === 1) return size.check(call);
    const walk = checkWalk(call, checkCondition);
    return makeNode(call.syntax, {
      type: WHOLE_NUMBER,
      run: (frame) => {
        let found = 0;
        visitItems(walk, frame, (holds) => {
          if (holds === true) found += 1;
          return true;
        });
        return found;
      },
      flows: [...walk.body.flows, ...shapeFlows(walk.list)],
    });
  },
};

const sortBy: FunctionDefinition = {
  name: 'sortBy',
  signature: 'list.sortBy(x, value)',
  description: 'The items of a list in the order of a value of each, smallest first.',
  example: { formula: '[3, 1, 2].sortBy(x, x)', result: [1, 2, 3] },
  check(call) {
    const walk = checkWalk(call, (syntax, context) =>
      needed(context, context.check(syntax, context)),
    );
    const { list, body } = walk;
    if (!isOrdered(body.type)) {
      throw refuse(
        'wrong-kind',
        body,
        `Nothing can be sorted by ${showKind(body.type)}: it has no order.`,
      );
    }
    const compare = order(body.type);
    return makeNode(call.syntax, {
      type: list.type,
      run: (frame) => {
        const keyed: { readonly key: unknown; readonly item: unknown }[] = [];
        visitItems(walk, frame, (key, item) => keyed.push({ key, item }) > 0);
        spend(frame, keyed.length * Math.ceil(Math.log2(keyed.length + 1)));
        return keyed.sort((a, b) => compare(a.key, b.key)).map(({ item }) => item);
      },
      flows: [...list.flows, ...body.flows],
      ...followed(list, body),
    });
  },
};

const size: FunctionDefinition = {
  name: 'size',
  signature: 'size(list or text)',
  description: 'How many items a list has, or how many characters a text.',
  example: { formula: 'size(["a", "b"])', result: 2 },
  check(call) {
    const [syntax] = call.args;
    if (syntax === undefined || call.args.length > 1) throw wrongArguments(call);
    const node = checkArgument(call, syntax, ['list', 'text']);
    const { run } = node;
    if (node.type.kind !== 'list') {
      return makeNode(call.syntax, {
        type: WHOLE_NUMBER,
        run: (frame) => charactersOf(frame, run(frame) as string),
        flows: node.flows,
      });
    }
    return makeNode(call.syntax, {
      type: WHOLE_NUMBER,
      run: (frame) => (run(frame) as readonly unknown[]).length,
      flows: shapeFlows(node),
      ...(node.path !== undefined && !node.type.of.mayBeEmpty && { counts: node.path.key }),
    });
  },
};

/** Counts characters as people do, not the units that they are stored in. */
function charactersOf(frame: Frame, text: string): number {
  spend(frame, Math.floor(text.length / 100));
  return Array.from(text).length;
}

const range = plainFunction({
  name: 'range',
  signature: 'range(n)',
  description: 'The whole numbers from 0 up to, but not including, n.',
  example: { formula: 'range(3)', result: [0, 1, 2] },
  parameters: [['whole number']],
  make: (args) => {
    const [n] = args as [Node];
    return {
      type: listOf(WHOLE_NUMBER),
      run: (frame) => {
        const length = Math.max(0, n.run(frame) as number);
        spend(frame, length);
        return Array.from({ length }, (_, index) => index);
      },
    };
  },
});

function checkWalk(call: Call, check: (syntax: Syntax, context: Context) => Node): Walk {
  const [listSyntax, name, bodySyntax] = call.args;
  if (listSyntax === undefined || bodySyntax === undefined || call.args.length > 3) {
    throw wrongArguments(call);
  }
  if (name?.op !== 'id') throw wrongArguments(call);
  const list = checkArgument(call, listSyntax, ['list']);
  if (list.type.kind !== 'list') throw wrongArguments(call);
  const { context } = call;
  const slot = context.shared.slots++;
  const local: Local = { slot, type: list.type.of, flowsAt: itemFlows(list) };
  const locals = new Map(context.locals).set(name.args, local);
  const body = check(bodySyntax, { ...context, locals });
  return { list: { ...list, type: list.type }, slot, body };
}

function itemFlows(list: Node): Local['flowsAt'] {
  const { items, flows } = list;
  if (items === undefined) {
    return (path) => path.reduce((inner, field) => flowsOutOf(field, inner), flows);
  }
  return (path, type) => [
    { path: [items.prefix, ...path].join('.'), type, into: [] },
    ...items.extra,
  ];
}

function visitItems(walk: Walk, frame: Frame, visit: Visit): void {
  const items = walk.list.run(frame) as readonly unknown[];
  const run: Run = walk.body.run;
  let index = 0;
  for (const item of items) {
    spend(frame, 1);
    frame.locals[walk.slot] = item;
    if (!visit(run(frame), item, index++)) return;
  }
}

/** The items of a list that was filtered or sorted still come from where the list came from. */
function followed(list: Node, body: Node): { items?: ItemOrigin } {
  if (list.items === undefined) return {};
  const { prefix, extra } = list.items;
  return { items: { prefix, extra: [...extra, ...body.flows] } };
}

/** What the number of a list's items gives away. */
function shapeFlows(list: Node): readonly Flow[] {
  return list.flows.map(({ path, type }) => ({
    path,
    type: { ...WHOLE_NUMBER, classification: shapeClassification(type) },
  }));
}

export const LIST_FUNCTIONS: readonly FunctionDefinition[] = [
  count,
  size,
  map,
  filter,
  exists,
  all,
  sortBy,
  range,
];
