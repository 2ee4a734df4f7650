import type { WorkChoice } from '../../desk/case-changes.ts';
import type { Names } from './names.ts';

/** Says what a choice makes of the work of a state. */
export function workLabel({ state, how, name }: WorkChoice, names: Names): string {
  const title = `“${names.state(state)}”`;
  switch (how) {
    case 'repeat':
      return `Do ${title} again`;
    case 'move':
      return `Move from ${title} to the state chosen below`;
    case 'outcome':
      return `Skip ${title} with “${names.outcome(undefined, name ?? '')}”`;
    case 'message':
      return `Skip ${title} with ${name ?? ''} and the answer below`;
    case 'done':
      return `Skip ${title} with the answer below`;
    case 'failed':
      return `Skip ${title} as failed`;
  }
}
