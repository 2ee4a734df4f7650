import type { CaseContext } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { AwaitedMessage, HearEffect } from '../effects.ts';
import type { LiveCase } from './live-case.ts';
import { progressOf } from './live-case.ts';

/** How long a message that came early is kept for a state that hears it, in milliseconds. */
const KEEP = 7 * 24 * 60 * 60 * 1000;

/**
 * Works out what a case hears under `on` after a step: in the states that it is in, by the keys as
 * they are now. Answers an effect where that has changed.
 */
export function listen(
  compiled: CompiledWorkflow,
  live: LiveCase,
): { readonly context: CaseContext; readonly effects: readonly HearEffect[] } {
  const { context } = live;
  if (compiled.hearings.length === 0) return { context, effects: [] };
  const { number, messages: before } = context.hearing ?? { number: 0, messages: [] };
  const wanted = progressOf(live) === 'active' ? wantedBy(compiled, context) : [];
  const isSame =
    wanted.length === before.length && wanted.every((one) => find(before, one) !== undefined);
  if (isSame) return { context, effects: [] };
  const messages = wanted.map((one) => find(before, one) ?? one);
  const hearing = { number: number + 1, messages };
  return { context: { ...context, hearing }, effects: [{ kind: 'hear', ...hearing }] };
}

function wantedBy(compiled: CompiledWorkflow, context: CaseContext): readonly AwaitedMessage[] {
  const notBefore = compiled.compilation.moment().now - KEEP;
  const wanted: AwaitedMessage[] = [];
  for (const hearing of compiled.hearings) {
    const { state, message } = hearing;
    const open = context.open[state];
    if (state !== '' && (open === undefined || open.calledOff === true)) continue;
    const key = hearing.key(context);
    if (key === undefined || find(wanted, { message, key }) !== undefined) continue;
    wanted.push({ message, key, notBefore });
  }
  return wanted;
}

function find(
  messages: readonly AwaitedMessage[],
  { message, key }: Pick<AwaitedMessage, 'message' | 'key'>,
): AwaitedMessage | undefined {
  return messages.find((one) => one.message === message && one.key === key);
}
