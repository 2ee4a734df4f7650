import { expect } from 'chai';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import type { Effect } from '../../../engine/kernel/effects.ts';
import { visitOf } from '../../../engine/kernel/effects.ts';
import type {
  CaseEvent,
  FormValues,
  SkippedEnd,
  WorkChange,
} from '../../../engine/kernel/event.ts';
import { persist, restore } from '../../../engine/kernel/transition/live-case.ts';
import type { LiveCase } from '../../../engine/kernel/transition/live-case.ts';
import { caseTimers } from '../../../engine/kernel/transition/move-timer.ts';
import { offeredButtons } from '../../../engine/kernel/transition/offered-buttons.ts';
import type { Refusal, StepResult } from '../../../engine/kernel/transition/step-result.ts';
import { transition } from '../../../engine/kernel/transition/transition.ts';
import { compiledUnchecked } from '../fixtures/workshop.ts';
import { CLERK, HOUR, NOW, firstStep, momentAt, shownEffects } from '../transition/play.ts';
import { HELPER } from '../transition/sample-workflows.ts';
import { World } from '../transition/world.ts';
import type { Came } from './reference-play.ts';
import { ReferencePlay } from './reference-play.ts';
import { fieldName } from './model-fields.ts';
import type { ModelData, ModelState } from './model-workflow.ts';
import { writeWorkflow } from './write-workflow.ts';

/**
 * One step on a path: mostly something possible; now and then something late, or a cancel, and some
 * hours after the step before.
 */
export interface Pick {
  readonly index: number;
  readonly from: number;
  readonly hours: number;
}

/** So many paths may end in rules that never come to rest before others are not tried. */
const MOST_ENDLESS = 3;

/** What the kernel made of a step, in the words of the reference. */
function cameOf(result: StepResult | Refusal): Came {
  if (result.kind === 'refused') return { refused: result.code };
  return {
    states: result.states,
    status: result.status,
    outcome: result.outcome,
    data: result.case.context.data as ModelData,
    effects: effectsOf(result),
  };
}

/** The effects as the reference tells them. */
function effectsOf(result: StepResult): readonly string[] {
  const shown = shownEffects(result);
  return result.effects.map((effect, index) => withDetails(shown[index] ?? '', effect));
}

function withDetails(shown: string, effect: Effect): string {
  if (effect.kind === 'send') return `${shown} ${effect.mail.text}`;
  if (effect.kind === 'timer') return `${shown} @${String(effect.at)}`;
  if (effect.kind === 'rest-child') {
    return `${withItem(shown, effect)} ${String(effect.resting)}`;
  }
  if (effect.kind === 'hear') {
    const keys = effect.messages.map(({ key }) => key).sort();
    return `${shown} ${String(effect.number)} ${keys.join()}`;
  }
  return withItem(shown, effect);
}

function withItem(shown: string, effect: Effect): string {
  if (!('item' in effect)) return shown;
  const visit = `${effect.state}#${String(effect.visit)}`;
  return shown.replace(visit, `${visit}/${String(effect.item)}`);
}

/**
 * Tells whether rules never came to rest. The language does not say which of two regions goes first;
 * where one never rests and another would lead outside, that decides.
 */
function isEndless(result: StepResult | Refusal, came: Came): boolean {
  if (result.kind === 'refused' && result.code === 'endless') return true;
  return 'refused' in came && came.refused === 'endless';
}

/** An event and when it came (epoch milliseconds). */
interface Stage {
  readonly now: number;
  readonly event: CaseEvent;
}

/** `way` tells how the case came there, for whoever looks for the cause. */
function expectSame(
  result: StepResult | Refusal,
  came: Came,
  fields: readonly string[],
  way: readonly Stage[],
): void {
  // As texts: comparing part by part takes longer than the steps.
  const [kernel, reference] = [told(cameOf(result), fields), told(came, fields)];
  if (kernel === reference) return;
  const steps = way.map((stage) => JSON.stringify(stage)).join('\n');
  throw new Error(
    `After these events:\n${steps}\nthe kernel:    ${kernel}\nthe reference: ${reference}`,
  );
}

/**
 * The fields that both know, in one order. Effects of one step are in no order that matters; those
 * of undo lists have their numbers.
 */
function told(came: Came, fields: readonly string[]): string {
  if ('refused' in came) return came.refused;
  const data = fields.map((name) => [name, came.data[name]]);
  return JSON.stringify({ ...came, data, effects: [...came.effects].sort() });
}

const DONE: SkippedEnd = { kind: 'done', result: { id: 'by-hand' } };

/** How an operator may let work end that nobody does. */
const ENDS: readonly SkippedEnd[] = [
  DONE,
  ...['yes', 'no', 'accept'].map((outcome) => ({ kind: 'outcome', outcome }) as const),
  { kind: 'failed', error: { code: 'GONE', message: 'Gone.' } },
  { kind: 'message', name: 'depot.arrived', body: { parcel: 'S-1', pieces: 1 } },
];

/** What people fill in at a task with these fields. */
function fillIns(set: number): readonly FormValues['data'][] {
  return [{}, { [fieldName('count', set)]: 60 }, { [fieldName('flag', set)]: true }];
}

/** One case in the kernel: as it goes on in memory, and as it is read back at every step. */
class Walk {
  readonly #compiled: CompiledWorkflow;
  readonly #world: World;
  readonly #reference: ReferencePlay;
  /** The case that was never read back; not every walk has one, since it takes all steps twice. */
  #hot: LiveCase | undefined;
  #live: LiveCase;
  readonly #way: Stage[] = [];
  #now = NOW;
  #states: readonly string[] = [];

  constructor(
    compiled: CompiledWorkflow,
    first: StepResult,
    reference: ReferencePlay,
    isTwofold: boolean,
  ) {
    this.#compiled = compiled;
    this.#world = new World(compiled, ({ kind, state }) =>
      kind === 'ask' ? [{}] : fillIns(reference.fieldsOf(state)),
    );
    this.#world.asked(first.effects);
    this.#reference = reference;
    this.#hot = isTwofold ? first.case : undefined;
    this.#live = first.case;
    this.#states = first.states;
  }

  /** Takes a step here and in the reference, and answers whether the path goes on. */
  step(pick: Pick): boolean {
    const event = this.#chosen(pick);
    if (event === undefined) return true;
    const due = event.kind === 'timer' ? event.at : this.#now;
    this.#now = Math.max(this.#now, due) + pick.hours * HOUR;
    const result = this.#transition(this.#live, event);
    const came = this.#reference.take(event, this.#now);
    if (isEndless(result, came)) return false;
    this.#way.push({ now: this.#now, event });
    expectSame(result, came, this.#reference.fields, this.#way);
    if (result.kind === 'refused') return true;
    this.#world.asked(result.effects, event);
    this.#states = result.states;
    const stored = this.#stored(result.case);
    this.#live = restore(JSON.parse(stored) as never, this.#compiled);
    if (this.#hot === undefined) return true;
    expect(this.#stored(this.#live)).to.equal(stored);
    this.#hot = this.#goesOn(this.#hot, event, stored);
    return true;
  }

  /** Takes the same step with a case that is still in memory, which comes to the same. */
  #goesOn(hot: LiveCase, event: CaseEvent, stored: string): LiveCase {
    const result = this.#transition(hot, event);
    const after = result.kind === 'refused' ? hot : result.case;
    expect(this.#stored(after)).to.equal(stored);
    return after;
  }

  #transition(live: LiveCase, event: CaseEvent): StepResult | Refusal {
    return transition(this.#compiled, live, event, momentAt(this.#now));
  }

  #stored(live: LiveCase): string {
    return JSON.stringify(persist(live));
  }

  #chosen({ index, from }: Pick): CaseEvent | undefined {
    const { parent, past, possible } = this.#world;
    const events = ((): readonly CaseEvent[] => {
      if (from === 19) return parent.slice(0, 1);
      if (from >= 17) return past;
      return from === 16 ? this.#byHand(index) : [...possible, ...this.#presses()];
    })();
    return events[index % Math.max(1, events.length)];
  }

  /** What an operator might do: a choice of it for each number. */
  #byHand(index: number): readonly CaseEvent[] {
    const reason = 'A test.';
    const { visits } = this.#live.context;
    const known = Object.keys(visits).filter((id) => id !== '');
    const here = index % 4 > 0 ? this.#states : known;
    const others = this.#reference.fields.filter((name) => name.startsWith('other'));
    const field = others[index % others.length] ?? 'other';
    const modify = (work?: WorkChange): CaseEvent => ({
      ...{ kind: 'modify', reason, actor: CLERK },
      set: work !== undefined && index % 3 > 0 ? [] : [{ field, value: index % 11 }],
      ...(work && { work }),
    });
    const all = [...this.#compiled.states.keys()].filter((id) => id !== '');
    const to = all[index % all.length] ?? '';
    const from = here[index % Math.max(1, here.length)] ?? to;
    const moves = [
      { kind: 'move', from, to },
      { kind: 'repeat', state: from },
    ] as const;
    const skip = { kind: 'skip', state: from, as: ENDS[index % ENDS.length] ?? DONE } as const;
    const running = caseTimers(this.#live);
    const chosen = running[index % Math.max(1, running.length)];
    const at = this.#now + ((index % 60) - 3) * HOUR;
    return [
      { kind: 'suspend', reason },
      { kind: 'resume', reason },
      { kind: 'resume', reason },
      modify(),
      ...[...moves, skip, skip].map((move) => modify(move)),
      ...(chosen ? [modify({ kind: 'timer', ...visitOf(chosen), timer: chosen.timer, at })] : []),
    ];
  }

  #presses(): readonly CaseEvent[] {
    return offeredButtons(this.#live, this.#compiled, momentAt(this.#now)).map(
      ({ state, visit, button }) => ({
        ...{ kind: 'press', state, visit, button: button.name, actor: CLERK },
        form: { data: {}, own: {} },
      }),
    );
  }
}

/**
 * Takes the kernel and the reference along paths through a workflow, and expects the same of both.
 * Rules that never come to rest end a path.
 */
export function walkAlong(model: ModelState, paths: readonly (readonly Pick[])[]): void {
  const compiled = compiledUnchecked(writeWorkflow(model), [HELPER]);
  const first = firstStep(compiled);
  let endless = 0;
  for (const [index, picks] of paths.entries()) {
    const reference = new ReferencePlay(model);
    const came = reference.begin(NOW);
    if (isEndless(first, came)) return;
    expectSame(first, came, reference.fields, []);
    if (first.kind === 'refused') return;
    const walk = new Walk(compiled, first, reference, index % 3 === 0);
    if (!picks.every((pick) => walk.step(pick))) endless += 1;
    // Those steps are the longest, and the other paths end in them as well.
    if (endless >= MOST_ENDLESS) return;
  }
}
