import type { CaseEvent } from '../kernel/event.ts';
import type { Actor } from '../kernel/effects.ts';
import type { Json } from '../kernel/json.ts';
import { transition } from '../kernel/transition/transition.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import { momentOf } from './catalogue.ts';
import type { Draft } from './draft.ts';
import type { LoadedCase } from './loaded-case.ts';

/** Lets the kernel take an event, and writes down who caused it. */
export function answerEvent(
  loaded: LoadedCase,
  event: CaseEvent,
  actor: Actor,
  now: number,
  writes: Omit<Draft, 'entry' | 'result'> = {},
): Draft | Refusal {
  const { definition, live } = loaded;
  const result = transition(definition.compiled, live, event, momentOf(definition.core, now));
  if (result.kind === 'refused') return result;
  return { entry: { kind: event.kind, actor, body: event as unknown as Json }, result, ...writes };
}
