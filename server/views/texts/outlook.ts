import type { Outlook } from '../../../engine/index.ts';
import { asWords, countOf } from './words.ts';

/** What becomes of a case by an operation on many. */
export interface OutlookText {
  /** Where it is before: `At “Checking”, version 1`. */
  readonly from: string;
  /** What happens to it: `it is suspended`. */
  readonly becomes: readonly string[];
}

const BEGINNINGS: Readonly<Partial<Record<string, string>>> = {
  task: 'a task begins',
  ask: 'a form is sent to be answered',
  call: 'another system is called',
  run: 'another case is run',
  send: 'a message is sent',
  'send-to-role': 'a message is sent to a role',
  wait: 'it waits for a message',
};

/** Says what becomes of a case; `title` names its states. */
export function outlookText(outlook: Outlook, title: (state: string) => string): OutlookText {
  const { version, from, to, again, begins = [], calledOff, filled } = outlook;
  const named = (states: readonly string[]): string =>
    states.length === 0 ? 'nothing' : states.map((id) => `“${title(id)}”`).join(' and ');
  return {
    from: `At ${named(from)}, version ${version}`,
    becomes: [
      ...(to === undefined ? [] : [`it goes on version ${to}`]),
      ...(filled === undefined ? [] : [`${countOf(filled, 'empty place')} filled`]),
      ...(again === undefined ? [] : [`${countOf(again, 'piece')} of work run again`]),
      ...(calledOff === undefined ? [] : [`${countOf(calledOff, 'piece')} of work called off`]),
      ...begins.flatMap((kind) => BEGINNINGS[kind] ?? []),
      ...(again === undefined ? [whereTo(outlook, named)] : []),
    ],
  };
}

function whereTo(
  { status, outcome, states, undone }: Outlook,
  named: (states: readonly string[]) => string,
): string {
  switch (status) {
    case 'suspended':
      return 'it is suspended';
    case 'undoing':
      return `it takes back ${countOf(undone ?? 0, 'piece')} of work`;
    case 'finished':
      return `it ends as “${asWords(outcome ?? 'completed')}”`;
    case 'active':
      return `it goes on at ${named(states)}`;
  }
}
