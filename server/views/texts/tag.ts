import type { CaseRow, Task } from '../../../engine/index.ts';
import { asWords } from './words.ts';

/** A short status with a colour; the words say it all, the colour only helps. */
export interface TagView {
  readonly text: string;
  readonly tone: 'grey' | 'blue' | 'green' | 'yellow' | 'red';
}

/** Says how a case stands. */
export function caseTag({ status, outcome }: Pick<CaseRow, 'status' | 'outcome'>): TagView {
  switch (status) {
    case 'active':
      return { text: 'In progress', tone: 'blue' };
    case 'undoing':
      return { text: 'Being undone', tone: 'yellow' };
    case 'suspended':
      return { text: 'Suspended', tone: 'yellow' };
    case 'finished':
      return outcome === undefined || outcome === 'completed'
        ? { text: 'Completed', tone: 'green' }
        : { text: asWords(outcome), tone: 'grey' };
  }
}

/** Says how a task stands. */
export function taskTag({ status, kind }: Pick<Task, 'status' | 'kind'>): TagView {
  switch (status) {
    case 'open':
      return kind === 'ask'
        ? { text: 'Waiting for an answer', tone: 'blue' }
        : { text: 'Not taken yet', tone: 'yellow' };
    case 'claimed':
      return { text: 'Being worked on', tone: 'blue' };
    case 'done':
      return { text: 'Done', tone: 'green' };
    case 'called-off':
      return { text: 'Called off', tone: 'grey' };
  }
}
