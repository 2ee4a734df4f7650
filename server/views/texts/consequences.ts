import type { Effect, Preview } from '../../../engine/index.ts';
import type { Names } from './names.ts';
import { asWords } from './words.ts';

/** What a change would come to, in sentences for whoever confirms it. */
export function consequencesOf(
  { status, states, outcome, effects, ledger }: Preview,
  names: Names,
): readonly string[] {
  const undone =
    status === 'undoing'
      ? [...ledger].reverse().map((entry) => {
          return `What “${names.state(entry.state)}” did is taken back${howOf(entry)}.`;
        })
      : [];
  return [
    ...effects.flatMap((effect) => sentenceOf(effect, names)),
    ...undone,
    ...whereTo(status, states, outcome, names),
  ];
}

function runBy(state: string, names: Names): string {
  return state === ''
    ? 'The case that takes work back'
    : `The case that “${names.state(state)}” runs`;
}

function howOf(entry: Preview['ledger'][number]): string {
  if (entry.kind === 'child') return '';
  return entry.kind === 'call' ? ` by ${entry.operation}` : ` by a case of ${entry.workflow}`;
}

function whereTo(
  status: Preview['status'],
  states: readonly string[],
  outcome: string | undefined,
  names: Names,
): readonly string[] {
  if (status === 'finished') return [`The case ends as “${asWords(outcome ?? 'completed')}”.`];
  if (states.length === 0) return [];
  return [`The case is at ${states.map((id) => `“${names.state(id)}”`).join(', ')}.`];
}

function queueing(effect: Effect, names: Names): readonly string[] {
  if (effect.kind === 'queue') {
    return [`The case has a place in the queue for “${names.state(effect.state)}”.`];
  }
  if (effect.kind !== 'leave-queue') return [];
  return [`Its place in the queue for “${names.state(effect.state)}” is given up.`];
}

function sentenceOf(effect: Effect, names: Names): readonly string[] {
  switch (effect.kind) {
    case 'stop':
      return stopped(effect.work, `“${names.state(effect.state)}”`);
    case 'rest-child':
      return [`${runBy(effect.state, names)} ${effect.resting ? 'rests' : 'goes on'} with it.`];
    case 'task':
      return [`There is a new task: “${effect.title}”.`];
    case 'ask':
      return [`“${effect.title}” is sent to ${effect.mail.to} to be answered.`];
    case 'send':
      return [`The message “${effect.mail.subject}” is sent to ${effect.mail.to}.`];
    case 'send-to-role':
      return [
        `The message “${effect.mail.subject}” is sent to everybody with the role ${asWords(effect.role)}.`,
      ];
    case 'call':
      return [`${effect.operation} is called for “${names.state(effect.state)}”.`];
    case 'run':
      return [`“${names.state(effect.state)}” runs a case of ${effect.workflow}.`];
    case 'wait':
      return [`“${names.state(effect.state)}” waits for a message.`];
    default:
      return queueing(effect, names);
  }
}

function stopped(
  work: Extract<Effect, { kind: 'stop' }>['work'],
  state: string,
): readonly string[] {
  switch (work) {
    case 'task':
      return [`The task of ${state} is closed.`];
    case 'ask':
      return [`The form of ${state} can no longer be answered.`];
    case 'call':
      return [`${state} is not tried any more.`];
    case 'run':
      return [`The case that ${state} runs is called off too.`];
    case 'wait':
      return [`A message for ${state} is not taken any more.`];
    case 'none':
      return [];
  }
}
