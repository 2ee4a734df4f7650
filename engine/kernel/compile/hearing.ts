import type { MessageHandler } from '../definition/rules.ts';
import type { Workflow } from '../definition/workflow.ts';
import { withinState } from '../check/statechart.ts';
import type { Json, JsonObject } from '../json.ts';
import type { CaseContext } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import type { Formula } from './formula.ts';
import { compileFormula } from './formula.ts';

/** A message that a case hears in a state, and the key by which it is meant. */
export interface Hearing {
  readonly state: string;
  readonly message: string;
  /** The key as text; `undefined` while it is empty. */
  key(context: CaseContext): string | undefined;
}

/** A message's key as text: texts, numbers and yes/no compare as they are written. */
export function keyText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** The names of all messages that a workflow hears under `on`, in a fixed order. */
export function heardMessages({ root }: Pick<Workflow, 'root'>): readonly string[] {
  const names = withinState(root).flatMap(({ hears }) => hears.map(({ message }) => message));
  return [...new Set(names)].sort();
}

/** Compiles what a case hears in each of its states. */
export function compileHearings(compilation: Compilation): readonly Hearing[] {
  return withinState(compilation.workflow.root).flatMap(({ id, hears }) =>
    hears.map((handler) => ({
      state: id,
      message: handler.message,
      key: compileKey(id, handler, compilation),
    })),
  );
}

/** Compiles the key of a message: it follows the data that it is made of. */
export function compileKey(
  state: string,
  { match }: MessageHandler,
  compilation: Compilation,
): Hearing['key'] {
  const formula: Formula = compileFormula(match, compilation.scopes.case);
  return (context) => {
    const value = formula(compilation.values(context, state), compilation.moment());
    return value === null ? undefined : keyText(value);
  };
}

/** The key that a message itself carries. */
export function keyOf(name: string, body: JsonObject, { core }: Compilation): string {
  const field = core.messages.get(name)?.correlate ?? '';
  return keyText(body[field] ?? null);
}
