import type { State, StateOf } from '../../../engine/index.ts';
import { plainText } from '../texts/names.ts';
import { asWords } from '../texts/words.ts';

/** What kind of place a state is, as the picture tells kinds apart. */
export type ChartKind = State['kind'];

const KINDS: Readonly<Record<ChartKind, string>> = {
  task: 'Task',
  ask: 'Form for somebody outside',
  call: 'Call',
  run: 'Child case',
  start: 'Cases that go on by themselves',
  wait: 'Wait for a message',
  decide: 'Decision',
  plain: 'Place to be',
  final: 'End',
  states: 'Group of states',
  parallel: 'At the same time',
};

/** Says what kind of work a state is. */
export function kindWords(kind: ChartKind): string {
  return KINDS[kind];
}

/**
 * What a state is called in the diagram. A title with `{{…}}` is that of one case's task, which a
 * diagram of all cases cannot fill in: the name stands in for it.
 */
export function stateName(state: State): string {
  const title = plainText(state.title);
  return title === undefined || title.includes('{{') ? asWords(state.name) : title;
}

/** Whom a task is for, as far as it is known before any case runs. */
function whomFor(assign: StateOf<'task'>['assign']): string {
  switch (assign.kind) {
    case 'role':
      return lower(assign.role);
    case 'roles':
      return 'several roles';
    case 'person':
      return 'one person';
    case 'starter':
      return 'whoever started it';
    case 'sameAs':
      return `whoever did ${lower(assign.state)}`;
  }
}

/** The one line that tells what a state's work is about; absent where there is nothing to tell. */
export function workCaption(state: State): string | undefined {
  switch (state.kind) {
    case 'task':
      return `Task for ${whomFor(state.assign)}`;
    case 'ask':
      return `Asks by mail and link`;
    case 'call':
      return `Calls ${state.operation}`;
    case 'run':
      return `Runs ${state.workflow}`;
    case 'start':
      return `Starts ${state.workflow}`;
    case 'wait':
      return `Waits for ${state.messages.join(' or ')}`;
    case 'decide':
      return `Decides by ${lower(state.decision)}`;
    case 'final':
      return endCaption(state.name, state.outcome);
    case 'parallel':
      return 'at the same time';
    case 'plain':
    case 'states':
      return undefined;
  }
}

/** An end that is named like its outcome says it once. */
function endCaption(name: string, outcome: string | undefined): string {
  return outcome === undefined || outcome === name ? 'End' : `End: ${lower(outcome)}`;
}

function lower(name: string): string {
  const words = asWords(name);
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}
