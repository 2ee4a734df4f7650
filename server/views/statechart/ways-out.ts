import type {
  Delay,
  Expression,
  State,
  Timing,
  Transition,
  Workflow,
} from '../../../engine/index.ts';
import { namesOf } from '../texts/names.ts';
import { asWords } from '../texts/words.ts';

/** One transition out of a state. Without `to` the case stays where it is. */
export interface WayOut {
  readonly to?: string;
  /** When it is taken, in words; empty where it simply follows. */
  readonly label: string;
  /** The whole of a guard that the label had to shorten. */
  readonly guard?: string;
  /** Taking it takes back what was done. */
  readonly undo: boolean;
}

const LONGEST_GUARD = 28;

/** Tells the ways out of a state of the workflow, in the order in which they are tried. */
export function waysOut(state: State, workflow: Workflow): readonly WayOut[] {
  const names = namesOf(workflow);
  const form = 'form' in state ? state.form : undefined;
  return [
    ...told(state.done, ''),
    ...told(state.next, ''),
    ...state.on.flatMap(({ event, rules }) =>
      told(rules, eventWords(event, names.outcome(form, event))),
    ),
    ...told(state.failed, 'If it fails'),
    ...state.buttons.flatMap(({ name, rules }) => told(rules, names.button(state.id, name))),
    ...state.hears.flatMap(({ message, rules }) => told(rules, `On ${message}`)),
    ...state.signals.flatMap(({ signal, rules }) =>
      told(rules, `On ${asWords(signal).toLowerCase()}`),
    ),
    ...state.after.flatMap(({ timing, rules }) => told(rules, timingWords(timing))),
  ];
}

function told(rules: readonly Transition[], occasion: string): readonly WayOut[] {
  return rules.map((rule, index) => {
    const condition = conditionWords(rule.when, rules.length > 1 && index > 0);
    return {
      label: joinWords(joinWords(occasion, condition), rule.history && 'back to where it was'),
      undo: rule.undo !== undefined,
      ...(rule.to === undefined ? {} : { to: rule.to }),
      ...(rule.when === undefined || condition.endsWith(rule.when.source)
        ? {}
        : { guard: rule.when.source }),
    };
  });
}

function conditionWords(when: Expression | undefined, followsAnother: boolean): string {
  if (when !== undefined) return `if ${shortened(when.source)}`;
  return followsAnother ? 'otherwise' : '';
}

function joinWords(occasion: string, condition = ''): string {
  if (occasion === '') return `${condition.charAt(0).toUpperCase()}${condition.slice(1)}`;
  return condition === '' ? occasion : `${occasion}, ${condition}`;
}

/** A message keeps the name under which its connector knows it. */
function eventWords(event: string, words: string): string {
  return event.includes('.') ? `On ${event}` : words;
}

function shortened(source: string): string {
  const line = source.replaceAll(/\s+/gu, ' ').trim();
  return line.length <= LONGEST_GUARD ? line : `${line.slice(0, LONGEST_GUARD - 2).trimEnd()} …`;
}

function timingWords(timing: Timing): string {
  switch (timing.kind) {
    case 'span':
      return `After ${delayWords(timing.span)}`;
    case 'in':
      return `After ${shortened(timing.value.source)}`;
    case 'at':
      return `At ${shortened(timing.value.source)}`;
    case 'every': {
      const most = timing.atMost === undefined ? '' : `, ${timing.atMost} times at most`;
      return `Every ${delayWords(timing.span)}${most}`;
    }
  }
}

/** `1 day`, `14 days`, `8 business hours`. */
function delayWords({ amount, unit }: Delay): string {
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
