import { FILE_MEMBERS, memberOf } from '../types/file-type.ts';
import { YES_NO, plain, withEmptiness } from '../types/make-type.ts';
import { nearestName } from '../types/nearest-name.ts';
import { showType } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import { toRunning } from '../values/stored.ts';
import type { Context } from './context.ts';
import { isPresent, sourceOf } from './context.ts';
import type { Flow } from './flow.ts';
import { flowsOutOf } from './flow.ts';
import type { Node, Run } from './node.ts';
import { makeNode } from './node.ts';
import type { SyntaxOf } from './parse.ts';
import { presentType } from './present-type.ts';
import { refuse, replacing } from './refusal.ts';
import { spend } from './frame.ts';
import { isQuestion, questionAbout, questionOf } from './state-questions.ts';
import { NOW, unknown, unknownName } from './unknown-names.ts';

/** A name and the fields read from it, one after the other: `customer.address.city`. */
interface Chain {
  readonly root: SyntaxOf<'id'>;
  readonly steps: readonly SyntaxOf<'.'>[];
}

/** What a chain has reached so far. */
interface Reached {
  readonly type: ValueType;
  readonly key: string;
  readonly shown: string;
  /** What would be so without the facts of this place. */
  readonly declaredEmpty: boolean;
  readonly mayBeEmpty: boolean;
  readonly run: Run;
}

/** Where a chain begins. */
interface Root extends Reached {
  flowsAt(path: readonly string[], type: ValueType): readonly Flow[];
}

/** Checks a name. */
export function checkName(
  syntax: SyntaxOf<'id'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  if (isClock(syntax.args, context)) {
    return makeNode(syntax, {
      type: plain('date-time'),
      run: (frame) => frame.environment.now,
    });
  }
  const asked = questionOf(syntax.args);
  if (asked !== undefined) return checkQuestion(syntax, asked, context);
  return checkChain(syntax, { root: syntax, steps: [] }, context, wanted);
}

/** Checks `in(path)` and `finished(path)`: the state must be there. */
function checkQuestion(
  syntax: SyntaxOf<'id'>,
  { question, word, path }: NonNullable<ReturnType<typeof questionOf>>,
  context: Context,
): Node {
  const { variables } = context.shared.scope;
  if (Object.hasOwn(variables, question)) {
    return makeNode(syntax, { type: YES_NO, run: ({ variables: now }) => now[question] === true });
  }
  const paths = Object.keys(variables)
    .filter((name) => isQuestion(name) && name.startsWith(`${word}(`))
    .map((name) => name.slice(word.length + 1, -1));
  const message = `There is no state "${path}". A state inside another is named from the outermost on.`;
  const near = nearestName(path, paths) ?? paths.find((one) => one.endsWith(`/${path}`));
  if (near === undefined) throw refuse('unknown-state', syntax, message);
  const meant = questionAbout(word, near);
  throw refuse(
    'unknown-state',
    syntax,
    `${message} Did you mean "${near}"?`,
    replacing(syntax, meant),
  );
}

/** Checks the reading of a field. */
export function checkField(
  syntax: SyntaxOf<'.'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const chain = chainOf(syntax);
  if (chain !== undefined && !isClock(chain.root.args, context)) {
    return checkChain(syntax, chain, context, wanted);
  }
  const [baseSyntax, name] = syntax.args;
  const base = context.check(baseSyntax, context);
  const field = fieldType(base.type, sourceOf(context, base), syntax);
  noteField(context, field.origin, syntax);
  noteWhole(context, field, syntax);
  const isMissing = base.type.mayBeEmpty && field.kind !== 'list';
  const type = withEmptiness(field, field.mayBeEmpty || isMissing);
  const read: Run = (frame) => readOwn(base.run(frame), name);
  const { items } = base;
  if (items === undefined) {
    return makeNode(syntax, { ...reading(type, read), flows: flowsOutOf(name, base.flows) });
  }
  const prefix = `${items.prefix}.${name}`;
  const flows = [{ path: prefix, type, into: [] }, ...items.extra];
  return makeNode(syntax, { ...reading(type, read), flows, items: { ...items, prefix } });
}

function chainOf(syntax: SyntaxOf<'.'>): Chain | undefined {
  const steps: SyntaxOf<'.'>[] = [];
  let base: SyntaxOf<'.'>['args'][0] = syntax;
  while (base.op === '.') {
    steps.unshift(base);
    [base] = base.args;
  }
  return base.op === 'id' ? { root: base, steps } : undefined;
}

function checkChain(
  syntax: SyntaxOf<'id'> | SyntaxOf<'.'>,
  { root, steps }: Chain,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const start = findRoot(root, context, wanted);
  const end = steps.reduce<Reached>((base, step) => readStep(base, step, context), start);
  if (!context.locals.has(root.args)) context.shared.reads.add(end.shown);
  noteWhole(context, end.type, syntax);
  const type = withEmptiness(presentType(end.type, end.key, context.facts), end.mayBeEmpty);
  const fields = steps.map((step) => step.args[1]);
  const flows = start.flowsAt(fields, type);
  // An item itself is in its running form already; what lies in it is stored.
  const isItem = steps.length === 0 && context.locals.has(root.args);
  return makeNode(syntax, {
    ...(isItem ? { type, run: end.run } : reading(type, end.run)),
    path: { key: end.key, shown: end.shown },
    assumed: end.declaredEmpty && !end.mayBeEmpty,
    flows,
    ...(type.kind === 'list' && { items: itemOrigin(flows) }),
  });
}

function itemOrigin(flows: readonly Flow[]): { prefix: string; extra: readonly Flow[] } {
  const [first, ...extra] = flows;
  return { prefix: first?.path ?? '', extra };
}

function findRoot(syntax: SyntaxOf<'id'>, context: Context, wanted: ValueType | undefined): Root {
  const name = syntax.args;
  const local = context.locals.get(name);
  if (local !== undefined) {
    const { slot, type } = local;
    return rootAt(type, { key: `#${slot}`, shown: name }, context, {
      run: (frame) => frame.locals[slot] ?? null,
      flowsAt: (path, at) => local.flowsAt(path, at),
    });
  }
  const { variables } = context.shared.scope;
  const type = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (type === undefined) throw unknownName(syntax, context, wanted);
  return rootAt(type, { key: name, shown: name }, context, {
    run: (frame) => readOwn(frame.variables, name),
    flowsAt: (path, at) => [
      { path: path.length === 0 ? name : `${name}.${path.join('.')}`, type: at, into: [] },
    ],
  });
}

function rootAt(
  type: ValueType,
  { key, shown }: Pick<Root, 'key' | 'shown'>,
  context: Context,
  { run, flowsAt }: Pick<Root, 'run' | 'flowsAt'>,
): Root {
  const mayBeEmpty = type.mayBeEmpty && !isPresent(context.facts, key);
  return { type, key, shown, declaredEmpty: type.mayBeEmpty, mayBeEmpty, run, flowsAt };
}

function readStep(base: Reached, step: SyntaxOf<'.'>, context: Context): Reached {
  const name = step.args[1];
  const type = fieldType(base.type, base.shown, step);
  noteField(context, type.origin, step);
  const key = `${base.key}.${name}`;
  // A list begins empty and is never missing, wherever it lies.
  const isList = type.kind === 'list';
  const declaredEmpty = type.mayBeEmpty || (base.declaredEmpty && !isList);
  const { run } = base;
  return {
    type,
    key,
    shown: `${base.shown}.${name}`,
    declaredEmpty,
    mayBeEmpty: (type.mayBeEmpty || (base.mayBeEmpty && !isList)) && !isPresent(context.facts, key),
    run: (frame) => readOwn(run(frame), name),
  };
}

/** Notes that all of a value of a locked type is read, or a list of such. */
function noteWhole(context: Context, type: ValueType, place: Place): void {
  if (type.kind === 'list') noteWhole(context, type.of, place);
  else if (type.kind === 'object') noteField(context, type.name, place);
}

function noteField({ shared }: Context, what: string | undefined, { start, end }: Place): void {
  if (what !== undefined) shared.fields.push({ what, from: start, to: end });
}

type Place = Pick<SyntaxOf<'.'>, 'start' | 'end'>;

/** How a stored value that was read becomes a running one. */
function reading(type: ValueType, read: Run): Pick<Node, 'type' | 'run' | 'stored'> {
  const isList = type.kind === 'list';
  const stored: Run = isList && !type.mayBeEmpty ? (frame) => read(frame) ?? NO_ITEMS : read;
  const convert = toRunning(type);
  if (convert === undefined) return { type, run: stored, stored };
  if (!isList) return { type, run: (frame) => convert(stored(frame)), stored };
  return {
    type,
    stored,
    run: (frame) => {
      const list = stored(frame);
      if (Array.isArray(list)) spend(frame, list.length);
      return convert(list);
    },
  };
}

const NO_ITEMS: readonly never[] = [];

/** Reads what an object has as its own, nothing that it inherits. */
function readOwn(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return null;
  return (value as Readonly<Record<string, unknown>>)[name] ?? null;
}

function fieldType(type: ValueType, shown: string, step: SyntaxOf<'.'>): ValueType {
  const name = step.args[1];
  // The parser's `pos` is where the field's own name begins.
  const place = { start: step.pos, end: step.end };
  if (type.kind === 'list') {
    const message = `"${shown}" is a list. Say what to do with its items, as in ${shown}.map(x, x.${name}).`;
    throw refuse('wrong-kind', step, message);
  }
  if (type.kind === 'file') {
    const member = memberOf(type, name);
    if (member !== undefined) return member;
    const names = Object.keys(FILE_MEMBERS);
    throw unknown('unknown-field', place, name, `There is no "${name}" of a file.`, names);
  }
  if (type.kind !== 'object') {
    const message = `"${name}" cannot be read from "${shown}", which is ${showType(type)}.`;
    throw refuse('wrong-kind', step, message);
  }
  const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
  if (field !== undefined) return field;
  const names = Object.keys(type.fields);
  const owner = type.name ?? `"${shown}"`;
  throw unknown('unknown-field', place, name, `There is no field "${name}" in ${owner}.`, names);
}

function isClock(name: string, context: Context): boolean {
  return (
    name === NOW &&
    !context.locals.has(name) &&
    !Object.hasOwn(context.shared.scope.variables, name)
  );
}
