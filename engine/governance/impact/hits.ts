import { withinState } from '../../kernel/check/statechart.ts';
import type { State } from '../../kernel/definition/state.ts';
import type { Transition } from '../../kernel/definition/rules.ts';
import type { SourceMap } from '../../kernel/definition/source-map.ts';
import { readSource } from '../../kernel/definition/source.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import type { Path, Position } from '../../kernel/problem.ts';
import type { ArtefactImpact } from './impact.ts';

/** A way from a state to another, by their ids. */
export interface HitWay {
  readonly from: string;
  readonly to: string;
}

/** One place at which a change of the core hits a workflow, and where that is on its statechart. */
export interface Hit {
  readonly verdict: 'broken' | 'affected';
  /** The states that it hits; none where it belongs to no state, like a field of the data. */
  readonly states: readonly string[];
  /** The one way out of that state that it hits, where it is no more than that. */
  readonly way?: HitWay;
  readonly file: string;
  readonly position?: Position;
  readonly kind: 'problem' | 'use';
  /** What the check says, or the very words that use what changes. */
  readonly text: string;
  /** What of the core a use is of: `Quote.netTotal`. */
  readonly what?: string;
}

/** A stretch of the workflow's text, and what of the statechart stands there. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly states: readonly string[];
  readonly way?: HitWay;
}

/**
 * Finds the places of a statechart at which a change of the core breaks or affects a workflow;
 * `text` is that of its `workflow.yaml`.
 */
export function hitsOf(
  { problems, uses }: Pick<ArtefactImpact, 'problems' | 'uses'>,
  workflow: Workflow,
  text: string,
): readonly Hit[] {
  const stretches = stretchesOf(workflow, readSource(text).map);
  const main = `workflows/${workflow.name}/workflow.yaml`;
  const placed = (file: string, position: Position | undefined): Pick<Hit, 'states' | 'way'> => {
    if (file !== main) return { states: senders(workflow, messageIn(file, workflow)) };
    const at = position?.from ?? -1;
    const around = stretches.filter(({ from, to }) => from <= at && at < to);
    const [narrowest] = around.sort((a, b) => a.to - a.from - (b.to - b.from));
    const { states = [], way } = narrowest ?? {};
    return { states, ...(way === undefined ? {} : { way }) };
  };
  const broken = problems.map(({ severity, message, file = main, position }): Hit => {
    const verdict = severity === 'error' ? 'broken' : 'affected';
    const where = position === undefined ? {} : { position };
    return { verdict, ...placed(file, position), file, ...where, kind: 'problem', text: message };
  });
  const used = uses.map(({ file, position, words, what }): Hit => {
    const place = placed(file, position);
    return { verdict: 'affected', ...place, file, position, kind: 'use', text: words, what };
  });
  const told = new Map<string, Hit>();
  for (const hit of [...broken, ...used]) {
    // What breaks at a place tells more than that it is used there.
    const isTold = hit.kind === 'use' && broken.some((one) => isSamePlace(one, hit));
    if (!isTold) told.set(JSON.stringify([hit.file, hit.position?.line, hit.text]), hit);
  }
  return [...told.values()];
}

function isSamePlace(one: Hit, other: Hit): boolean {
  return (
    one.file === other.file &&
    one.position !== undefined &&
    other.position !== undefined &&
    one.position.from < other.position.to &&
    other.position.from < one.position.to
  );
}

function stretchesOf(workflow: Workflow, map: SourceMap): readonly Stretch[] {
  const states = withinState(workflow.root).filter(({ id }) => id !== '');
  const at = (path: Path, states: readonly string[], way?: HitWay): Stretch => {
    // From the name on: `offered:` belongs to the state as well.
    const { from } = map.locateKey(path);
    return { from, to: map.locate(path).to, states, ...(way === undefined ? {} : { way }) };
  };
  return [
    ...states.flatMap((state) => [
      at(state.path, [state.id]),
      ...rulesOf(state).flatMap(({ path, to }) =>
        to === undefined ? [] : [at(path, [state.id], { from: state.id, to })],
      ),
    ]),
    ...workflow.forms.map(({ name, path }) => at(path, idsOf(states, asks(name)))),
    ...workflow.decisions.map(({ name, path }) =>
      at(
        path,
        idsOf(states, (state) => state.kind === 'decide' && state.decision === name),
      ),
    ),
    ...workflow.messages.map(({ name, path }) => at(path, senders(workflow, name))),
  ];
}

function rulesOf(state: State): readonly Transition[] {
  const handlers = [state.on, state.buttons, state.hears, state.signals, state.after].flat();
  return [
    ...[state.done, state.next, state.failed].flat(),
    ...handlers.flatMap(({ rules }) => rules),
  ];
}

/** Tells of a state whether a form is filled in it. */
function asks(form: string): (state: State) => boolean {
  return (state) =>
    ('form' in state && state.form === form) || state.buttons.some((one) => one.form === form);
}

/** The message whose text a file is. */
function messageIn(file: string, { messages }: Workflow): string | undefined {
  return messages.find(({ bodyFile }) => file.endsWith(`/${bodyFile}`))?.name;
}

/** The states that send a message, or ask by it. */
function senders({ root }: Workflow, message: string | undefined): readonly string[] {
  if (message === undefined) return [];
  return idsOf(withinState(root), (state) => {
    const sent = [state.entry, state.exit, ...rulesOf(state)].flatMap(({ send }) => send);
    return (
      ('message' in state && state.message === message) ||
      sent.some((one) => one.message === message)
    );
  });
}

function idsOf(states: readonly State[], isMeant: (state: State) => boolean): readonly string[] {
  return states.filter((state) => state.id !== '' && isMeant(state)).map(({ id }) => id);
}
