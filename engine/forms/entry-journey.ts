import type { Json, JsonObject } from '../kernel/json.ts';
import type { Posted } from './answers.ts';
import { checkEntry } from './check-answers.ts';
import { applied, decode, entriesOf } from './decode.ts';
import type { Draft } from './draft.ts';
import { withoutHeld } from './draft.ts';
import type { ListQuestion } from './list-entries.ts';
import { entryQuestions } from './list-entries.ts';
import { withValueAt } from './pointer.ts';
import type { Journey, Reply } from './reply.ts';
import { following, reachable } from './route.ts';
import type { Step } from './step.ts';
import { stepKey } from './step.ts';
import { joinedErrors } from './answer-error.ts';

type EntryStep = Extract<Step, { kind: 'entry' | 'remove' }>;

/** Works out what follows when one entry of a list is sent: it is added or changed once it fits. */
export function postEntry(journey: Journey, draft: Draft, step: EntryStep, posted: Posted): Reply {
  const { list, entry } = step;
  if (!isThere(journey, draft, step)) return leave(journey, draft, step);
  const questions = entryQuestions(list, entry);
  const decoded = decode(questions, posted.answers, 'apart', posted.uploads);
  const values = applied(withEntry(list, entry, draft.values), decoded);
  if (posted.controls['#action'] === 'save') {
    const held = { step: stepKey(journey.checks.model, step), answers: posted.answers };
    return { kind: 'saved', step, draft: { ...draft, held, at: held.step } };
  }
  const unfit = checkEntry(journey.checks, list, entry, values);
  const errors = joinedErrors(questions, decoded.errors, unfit);
  if (errors.length > 0) return { kind: 'show', step, answers: posted.answers, errors };
  return leave(journey, { ...draft, values }, step);
}

/** Works out what follows when the removal of an entry is confirmed. */
export function removeEntry(journey: Journey, draft: Draft, step: EntryStep): Reply {
  if (!isThere(journey, draft, step)) return leave(journey, draft, step);
  const kept = entriesOf(step.list, draft.values).filter((_, index) => index !== step.entry);
  const values = withValueAt(draft.values, step.list.pointer, kept);
  return leave(journey, { ...draft, values }, step);
}

// Another window may have taken entries out meanwhile; what was typed for one that is gone is too.
function isThere(journey: Journey, draft: Draft, step: EntryStep): boolean {
  return reachable(journey, draft, step) === step;
}

function leave(journey: Journey, draft: Draft, step: EntryStep): Reply {
  const key = stepKey(journey.checks.model, step);
  const kept = draft.held?.step === key ? withoutHeld(draft) : draft;
  const next = following(journey, kept, step) ?? { kind: 'summary' };
  return { kind: 'go', step: next, draft: { ...kept, at: stepKey(journey.checks.model, next) } };
}

function withEntry(list: ListQuestion, entry: number, values: JsonObject): JsonObject {
  const entries = entriesOf(list, values);
  if (entry < entries.length) return values;
  const scalar = list.widget.entry.some(({ pointer }) => pointer === '');
  const empty: Json = scalar ? null : {};
  return withValueAt(values, list.pointer, [...entries, empty]);
}
