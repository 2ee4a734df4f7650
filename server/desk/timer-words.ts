import type { CaseLook, CaseTimer, Delay, State, Timing } from '../../engine/index.ts';
import { namesOf } from '../views/texts/names.ts';
import { asWords } from '../views/texts/words.ts';
import { stateName } from './state-name.ts';

const ESCALATION = /^escalate-(\d+)$/u;

/** What a timer of a case is, and of which state. */
export function timerWords(
  { state: id, item, timer }: CaseTimer,
  look: CaseLook,
): { readonly title: string; readonly state: string } {
  const { compiled } = look.definition;
  const state = compiled.states.get(id);
  const rung = ESCALATION.exec(timer)?.[1];
  const title =
    rung === undefined ? limit(state, Number(timer), look) : escalation(state, Number(rung));
  // People count from one.
  const which = item === undefined ? '' : `, item ${String(item + 1)}`;
  return { title, state: id === '' ? 'The whole case' : `${stateName(look, id)}${which}` };
}

function limit(state: State | undefined, index: number, { definition }: CaseLook): string {
  const found = state?.after[index];
  if (found === undefined) return 'Time limit';
  const { to } = found.rules.find((rule) => rule.to !== undefined) ?? {};
  const names = namesOf(definition.compiled.workflow);
  const sent = found.rules.flatMap(({ send }) => send.map(({ message }) => message));
  const leads = to === undefined ? sent.map(asWords).join(', ') : names.state(to);
  return `${timing(found.timing)}${leads === '' ? '' : `: “${leads}”`}`;
}

function escalation(state: State | undefined, rung: number): string {
  const found = state?.kind === 'task' ? state.escalate[rung] : undefined;
  return found === undefined ? 'Escalation' : `Escalation after ${span(found.after)}`;
}

function timing(written: Timing): string {
  switch (written.kind) {
    case 'span':
      return `After ${span(written.span)}`;
    case 'every':
      return `Every ${span(written.span)}`;
    case 'in':
      return `After ${written.value.source}`;
    case 'at':
      return `At ${written.value.source}`;
  }
}

function span({ amount, unit }: Delay): string {
  return `${amount} ${amount === 1 ? unit.replace(/s$/u, '') : unit}`;
}
