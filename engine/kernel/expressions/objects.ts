import { nearestName } from '../types/nearest-name.ts';
import { objectOf } from '../types/make-type.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Context } from './context.ts';
import { classificationOf, flowsInto } from './flow.ts';
import { convertNumber } from './kinds.ts';
import type { Node } from './node.ts';
import { makeNode } from './node.ts';
import type { Syntax, SyntaxOf } from './parse.ts';
import { allOf, refuse, replacing } from './refusal.ts';
import { storedRun } from './stored-run.ts';
import { refuseStranger } from './strangers.ts';

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Checks an object that is written out, `{"sku": l.sku, "qty": 1}`. */
export function checkObject(
  syntax: SyntaxOf<'map'>,
  context: Context,
  wanted: ValueType | undefined,
): Node {
  const fields = allOf(
    syntax.args.map(([key, value]) => () => {
      const name = fieldName(key, wanted);
      const expected = fieldOf(wanted, name);
      const found = context.check(value, context, expected);
      if (expected === undefined) return { name, key, node: found };
      refuseStranger(expected, found);
      return { name, key, node: convertNumber(found, expected.kind) };
    }),
  );
  const parts = new Map<string, Node>();
  for (const { name, key, node } of fields) {
    if (parts.has(name)) throw refuse('syntax', key, `"${name}" is written twice.`);
    parts.set(name, node);
  }
  const flows = [...parts].flatMap(([name, node]) => flowsInto(name, node.flows));
  const runs = [...parts].map(([name, node]) => [name, storedRun(node)] as const);
  const types = Object.fromEntries([...parts].map(([name, { type }]) => [name, type]));
  return makeNode(syntax, {
    type: objectOf(types, classificationOf(flows)),
    // What is empty is left out, as wherever an object is stored.
    run: (frame) => {
      const made = runs.map(([name, run]): [string, unknown] => [name, run(frame) ?? null]);
      return Object.fromEntries(made.filter(([, value]) => value !== null));
    },
    flows,
  });
}

/** The name of a field is a text in quotes; the type that is wanted must have it. */
function fieldName(key: Syntax, wanted: ValueType | undefined): string {
  if (key.op === 'id') {
    const name = key.args;
    const quoted = JSON.stringify(name);
    const message = `The name of a field stands in quotes here: {${quoted}: …}.`;
    throw refuse('missing-quotes', key, message, replacing(key, quoted));
  }
  const name = key.op === 'value' ? key.args : undefined;
  if (typeof name !== 'string' || !FIELD_NAME.test(name)) {
    const message = 'An object is written with the names of its fields: {"sku": "A1", "qty": 2}.';
    throw refuse('syntax', key, message);
  }
  if (wanted?.kind !== 'object' || fieldOf(wanted, name) !== undefined) return name;
  const names = Object.keys(wanted.fields);
  if (names.length === 0) return name;
  const near = nearestName(name, names);
  const advice = near === undefined ? `There is: ${names.join(', ')}.` : `Did you mean "${near}"?`;
  throw refuse(
    'unknown-field',
    key,
    `There is no field "${name}" in ${showKind(wanted)}. ${advice}`,
    near === undefined ? undefined : replacing(key, JSON.stringify(near)),
  );
}

function fieldOf(type: ValueType | undefined, name: string): ValueType | undefined {
  if (type?.kind !== 'object' || !Object.hasOwn(type.fields, name)) return undefined;
  return type.fields[name];
}
