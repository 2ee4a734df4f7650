import { TrellisError } from '../../engine/index.ts';
import type { CaseLook, SkippedEnd, State, WorkChange } from '../../engine/index.ts';
import { jsonIn } from './entered-value.ts';

/** What somebody entered to become of the work of one case. */
export interface EnteredWork {
  /** What becomes of the work, as {@link workChoices} writes it; empty to leave it. */
  readonly work: string;
  /** Where a move leads. */
  readonly to: string;
  /** The answer with which work is skipped. */
  readonly answer: string;
}

export interface WorkChoice {
  readonly value: string;
  readonly state: string;
  readonly how: 'repeat' | 'move' | 'done' | 'failed' | 'message' | 'outcome';
  /** The outcome or the message. */
  readonly name?: string;
}

/** The states whose work is meant, and the workflow that they are of. */
export interface WorkPlace {
  readonly stored: Pick<CaseLook['stored'], 'states'>;
  readonly definition: CaseLook['definition'];
}

/** What can be done with the work that a case is in. */
export function workChoices({ stored, definition }: WorkPlace): readonly WorkChoice[] {
  return stored.states.flatMap((id) => {
    const state = definition.compiled.states.get(id);
    if (state === undefined) return [];
    const choice = (how: WorkChoice['how'], name?: string): WorkChoice => ({
      value: JSON.stringify([how, id, ...(name === undefined ? [] : [name])]),
      state: id,
      how,
      ...(name === undefined ? {} : { name }),
    });
    return [choice('repeat'), choice('move'), ...endsOf(state, choice)];
  });
}

function endsOf(
  state: State,
  choice: (how: WorkChoice['how'], name?: string) => WorkChoice,
): readonly WorkChoice[] {
  switch (state.kind) {
    case 'task':
    case 'ask':
      return state.on.map(({ event }) => choice('outcome', event));
    case 'call':
    case 'run':
      return [choice('done'), choice('failed')];
    case 'wait':
      return state.messages.map((name) => choice('message', name));
    default:
      return [];
  }
}

/**
 * Reads what was entered as what becomes of the work of a case.
 * @throws `TrellisError` with code `bad-value`.
 */
export function readWork(
  look: WorkPlace,
  { work, to, answer }: EnteredWork,
): WorkChange | undefined {
  if (work === '') return undefined;
  const choice = workChoices(look).find(({ value }) => value === work);
  if (choice === undefined) {
    throw new TrellisError('bad-value', 'The case is not where it was any more: choose again.');
  }
  const { state, how, name = '' } = choice;
  if (how === 'repeat') return { kind: 'repeat', state };
  if (how === 'move') return { kind: 'move', from: state, to };
  return { kind: 'skip', state, as: endAs(how, name, answer) };
}

function endAs(
  how: Exclude<WorkChoice['how'], 'repeat' | 'move'>,
  name: string,
  answer: string,
): SkippedEnd {
  const given = answer.trim() === '' ? {} : jsonIn(answer);
  const body = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  switch (how) {
    case 'outcome':
      return { kind: 'outcome', outcome: name };
    case 'message':
      return { kind: 'message', name, body: body as never };
    case 'failed':
      return { kind: 'failed', error: { code: 'skipped', message: 'Somebody skipped it.' } };
    case 'done':
      return { kind: 'done', result: given };
  }
}
