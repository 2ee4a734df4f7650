import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { formsOf } from './outcomes.ts';
import { warning } from './place.ts';
import { sentMessages } from './sent-messages.ts';

/** Warns of forms, decisions and messages that nothing uses. */
export function checkUse(checkup: Checkup): readonly Problem[] {
  const { workflow, chart } = checkup;
  const states = [...chart.states.values()];
  const forms = new Set<string | undefined>([
    ...states.flatMap(formsOf),
    ...workflow.starts.map((start) => (start.kind === 'form' ? start.form : undefined)),
  ]);
  const decisions = new Set(states.map((state) => (state.kind === 'decide' ? state.decision : '')));
  const messages = new Set(sentMessages(checkup).map(({ message }) => message));
  return [
    ...workflow.forms.filter(({ name }) => !forms.has(name)),
    ...workflow.decisions.filter(({ name }) => !decisions.has(name)),
    ...workflow.messages.filter(({ name }) => !messages.has(name)),
  ].map(({ name, path }) =>
    warning('unused', path, `Nothing uses "${name}". Take it away, or use it.`),
  );
}
