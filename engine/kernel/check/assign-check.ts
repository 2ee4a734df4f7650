import type { Assign, Audience, Presser } from '../definition/people.ts';
import type { State } from '../definition/state.ts';
import type { Path, Problem } from '../problem.ts';
import { nearestName } from '../types/nearest-name.ts';
import { listOf, oneOf } from '../types/make-type.ts';
import type { Checkup } from './checkup.ts';
import type { Choice } from './choices.ts';
import { choicesOf, holdsInside } from './choices.ts';
import { error, insideExpression } from './place.ts';
import { readExpression } from './read-expression.ts';
import type { CheckedSite } from './site-check.ts';
import { stateTitle } from './state-title.ts';

/** Checks that a task is always for somebody: that the roles exist, and that there is such a person. */
export function checkAssigns(checkup: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  return [
    ...sites.flatMap((site) => (site.purpose.kind === 'roles' ? unknownRoles(checkup, site) : [])),
    ...[...checkup.chart.states.values()].flatMap((state) => {
      if (state.kind !== 'task' || !checkup.presence.isReached(state.id)) return [];
      return [state.assign, ...state.escalate.map(({ assign }) => assign)].flatMap((assign) => [
        ...starterFromOutside(checkup, assign, state),
        ...notCompleted(checkup, assign, assign.path, state),
      ]);
    }),
    ...[...checkup.chart.states.values()].flatMap((state) => nobodyPresses(checkup, state)),
  ];
}

/** A list of plain texts is looked at when the case runs; what is written out, or named by a kind, now. */
function unknownRoles(
  checkup: Checkup,
  { expression, checked, variables }: CheckedSite,
): readonly Problem[] {
  const { core } = checkup;
  const { type } = checked;
  if (type.kind === 'list' && type.of.kind === 'one of') {
    return type.of.choices
      .map(String)
      .filter((role) => !core.roles.includes(role))
      .map((role) => unknownRole(role, expression.path, core.roles));
  }
  const scope = { variables, present: 'all' } as const;
  const found = readExpression(expression, scope, listOf(oneOf(core.roles)));
  return (found.ok ? [] : found.problems)
    .filter(({ code }) => code === 'not-a-choice')
    .map((one) => insideExpression(expression, one, checkup));
}

function unknownRole(role: string, path: Problem['path'], known: readonly string[]): Problem {
  const near = nearestName(role, known);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const message = `This can be "${role}", and there is no role "${role}".${hint}`;
  return error('not-a-role', path, message);
}

/** By what a case begins that nobody starts. */
const BEGINNERS = { api: 'a program', message: 'a message', schedule: 'the clock', run: 'a case' };

function starterFromOutside(
  { workflow }: Checkup,
  assign: Assign,
  state: State,
): readonly Problem[] {
  if (assign.kind !== 'starter') return [];
  const start = workflow.starts.find(
    (one) => one.kind !== 'run' && (one.kind !== 'form' || isOutside(one.audience)),
  );
  if (start === undefined) return [];
  const why =
    start.kind !== 'form'
      ? `is by ${BEGINNERS[start.kind]}, and nobody is behind it. Name a role.`
      : 'is for people from outside, who have no inbox. Use an "ask", which mails them a link, or name a role.';
  return [
    error(
      'starter-outside',
      [...assign.path, 'starter'],
      `“${stateTitle(state)}” is for whoever started the case, but the start "${start.name}" ${why}`,
      [start.name, state.id],
    ),
  ];
}

function isOutside({ kind }: Audience): boolean {
  return kind === 'public' || kind === 'customer' || kind === 'api';
}

/** A place that only buttons lead out of must have one that somebody can press. */
function nobodyPresses(checkup: Checkup, state: State): readonly Problem[] {
  const { chart, presence } = checkup;
  if (state.kind !== 'plain' || !presence.isReached(state.id)) return [];
  const around = [state, ...chart.ancestorsOf(state.id)];
  const ways = around.flatMap(choicesOf).filter((choice) => leadsOut(choice, state));
  const pressers = ways.map(({ state: of, moment }) => {
    const button = moment.kind === 'press' ? moment.button : undefined;
    return of.buttons.find(({ name }) => name === button);
  });
  const problems = pressers.map((button) =>
    button === undefined ? [] : notCompleted(checkup, button.by, [...button.path, 'by'], state),
  );
  return problems.every((found) => found.length > 0) ? problems.flat() : [];
}

function leadsOut(choice: Choice, state: State): boolean {
  const mayLead = choice.state === state || holdsInside(choice);
  return mayLead && choice.rules.some(({ to }) => to !== undefined);
}

function notCompleted(
  { presence, chart }: Checkup,
  who: Presser,
  path: Path,
  state: State,
): readonly Problem[] {
  const other = who.kind === 'sameAs' ? chart.states.get(who.state) : undefined;
  if (other === undefined) return [];
  const completed = presence.completedBefore(state.id, other.id);
  if (completed === true) return [];
  const way = completed.notWhen === undefined ? '' : `: not when ${completed.notWhen}`;
  return [
    error(
      'not-completed-before',
      [...path, 'sameAs'],
      `“${stateTitle(state)}” is for whoever completed “${stateTitle(other)}”, but nobody may have ` +
        `completed that before${way}. Name a task that every way leads through, or a role.`,
      [other.id, state.id],
    ),
  ];
}
