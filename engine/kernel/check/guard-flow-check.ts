import { mayFlow, showClassification } from '../classification.ts';
import type { Clearance } from '../classification.ts';
import type { Actions, Transition } from '../definition/rules.ts';
import type { State } from '../definition/state.ts';
import type { Expression } from '../definition/values.ts';
import type { Flow } from '../expressions/flow.ts';
import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf, takeable } from './choices.ts';
import { error } from './place.ts';
import { inputReceiver, mailReceiver, showClearance } from './receivers.ts';
import type { CheckedSite } from './site-check.ts';

/** Something that happens or not, and what those may be given who can tell. */
interface Sign {
  /** As it stands in a sentence: `a mail is sent`. */
  readonly what: string;
  readonly clearance: Clearance;
}

/** A guard that was read before a rule is taken, and what it reads. */
interface Guard {
  readonly expression: Expression;
  readonly flows: readonly Flow[];
}

/**
 * Warns of guards that read something more sensitive than those may be given who can tell how it was
 * decided: by what a rule stores or sends, or what begins where it leads. What comes after that is
 * not followed. IT can make it an error.
 */
export function checkGuardFlows(
  checkup: Checkup,
  sites: readonly CheckedSite[],
): readonly Problem[] {
  const flows = new Map(sites.map(({ expression, checked }) => [expression, checked.flows]));
  return [...checkup.chart.states.values()].flatMap((state) =>
    choicesOf(state).flatMap(({ rules }) => {
      const read: Guard[] = [];
      const targets = new Set(rules.map(({ to }) => to));
      return takeable(rules).flatMap((rule) => {
        const { when } = rule;
        if (when !== undefined) read.push({ expression: when, flows: flows.get(when) ?? [] });
        const signs = [
          ...signsOf(checkup, rule),
          ...(targets.size > 1 || isOptional(rules) ? signsAt(checkup, rule.to) : []),
        ];
        return signs.flatMap((sign) => read.flatMap((guard) => revealed(checkup, guard, sign)));
      });
    }),
  );
}

/** Nothing may be taken at all. */
function isOptional(rules: readonly Transition[]): boolean {
  return rules.every(({ when }) => when !== undefined);
}

function signsOf({ core, fields }: Checkup, { set, send }: Actions): readonly Sign[] {
  return [
    ...set.flatMap(({ target }): Sign[] => {
      const name = target.join('.');
      const type = fields.typeAt(name);
      if (type === undefined) return [];
      const { level, tags } = type.classification;
      return [{ what: `"${name}" is set`, clearance: { upTo: level, tags } }];
    }),
    ...send.map(() => ({ what: 'a mail is sent', clearance: mailReceiver(core).clearance })),
  ];
}

/** What begins when a state is entered. */
function signsAt(checkup: Checkup, id: string | undefined): readonly Sign[] {
  const state = id === undefined ? undefined : checkup.chart.states.get(id);
  if (state === undefined) return [];
  return [...signsOf(checkup, state.entry), ...workOf(checkup, state)];
}

function workOf({ core, workflow }: Checkup, state: State): readonly Sign[] {
  if (state.kind === 'ask') {
    return [{ what: 'somebody outside is asked', clearance: mailReceiver(core).clearance }];
  }
  const name =
    state.kind === 'call' ? state.operation : state.kind === 'run' ? state.workflow : undefined;
  const receiver = name === undefined ? undefined : inputReceiver(name, workflow, core);
  if (receiver === undefined) return [];
  const verb = state.kind === 'call' ? 'called' : 'run';
  return [{ what: `${receiver.name} is ${verb}`, clearance: receiver.clearance }];
}

function revealed(
  { core }: Checkup,
  { expression, flows }: Guard,
  { what, clearance }: Sign,
): readonly Problem[] {
  const flow = flows.find(({ type }) => !mayFlow(type.classification, clearance));
  if (flow === undefined) return [];
  const { origin } = flow.type;
  const found = error(
    'tells-by-guard',
    expression.path,
    `This reads "${flow.path}", which is ${showClassification(flow.type.classification)}, and decides ` +
      `whether ${what}: those can tell who may know what is ${showClearance(clearance)} at most. ` +
      'Decide by something that they may know, or let both ways look the same to them.',
    [...(origin === undefined || origin === flow.path ? [] : [origin]), flow.path, what],
  );
  return [{ ...found, severity: core.implicitFlows ?? 'warning' }];
}
