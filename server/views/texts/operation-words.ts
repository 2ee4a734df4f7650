import type { BulkOperation } from '../../../engine/index.ts';
import type { TagView } from './tag.ts';
import { countOf } from './words.ts';

/** What an operation is called, before and while it is carried out. */
export interface OperationWords {
  /** `Suspend cases` */
  readonly heading: string;
  /** What it means for the cases. */
  readonly lead: string;
  /** `Suspend 12 cases` */
  readonly button: (count: number) => string;
}

/** Puts an operation into words. */
export function operationWords(change: BulkOperation['change']): OperationWords {
  const cases = (count: number): string => countOf(count, 'case');
  switch (change.kind) {
    case 'suspend':
      return {
        heading: 'Suspend cases',
        lead: 'Nothing of them begins until somebody lets them go on.',
        button: (count) => `Suspend ${cases(count)}`,
      };
    case 'resume':
      return {
        heading: 'Let cases go on',
        lead: 'Time limits that were up meanwhile are up at once, and work that waited begins.',
        button: (count) => `Let ${cases(count)} go on`,
      };
    case 'cancel':
      return {
        heading: 'Call cases off',
        lead:
          change.plain === true
            ? 'They end as they are: nothing that they did is taken back. This cannot be undone.'
            : 'They take back what they did, and end. This cannot be undone.',
        button: (count) => `Call ${cases(count)} off`,
      };
    case 'retry':
      return {
        heading: 'Try work again',
        lead: 'The work that failed runs again, with the same keys: nothing is done twice by that.',
        button: (count) => `Try again in ${cases(count)}`,
      };
    case 'migrate':
      return {
        heading: `Take cases to version ${change.to}`,
        lead: 'States that are the same go on with their work; others begin anew where the mapping leads.',
        button: (count) => `Take ${cases(count)} to version ${change.to}`,
      };
    case 'modify':
      return {
        heading: 'Change cases',
        lead: 'What they carry is changed first, then their work.',
        button: (count) => `Change ${cases(count)}`,
      };
    case 'backfill':
      return {
        heading: `Fill ${change.type}.${change.field}`,
        lead: `Where it is empty, it becomes: ${change.set}. Cases that carry none such are left out. This can be taken back.`,
        button: (count) => `Fill it in ${cases(count)}`,
      };
    case 'take-out':
      return {
        heading: 'Take out what was filled',
        lead: 'It becomes empty again. Cases in which somebody has changed it since stay as they are.',
        button: (count) => `Take it out of ${cases(count)}`,
      };
  }
}

/** Says how an operation stands. */
export function operationTag({ status, problem }: BulkOperation): TagView {
  switch (status) {
    case 'preparing':
      return { text: 'Being prepared', tone: 'blue' };
    case 'prepared':
      return { text: 'Waits to be started', tone: 'yellow' };
    case 'running':
      return { text: 'Running', tone: 'blue' };
    case 'stopped':
      return problem === undefined
        ? { text: 'Stopped', tone: 'grey' }
        : { text: 'Could not go on', tone: 'red' };
    case 'done':
      return { text: 'Done', tone: 'green' };
  }
}
