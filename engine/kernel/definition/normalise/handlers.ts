import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Button, EventHandler, MessageHandler, SignalHandler, Transition } from '../rules.ts';
import type { Presser } from '../people.ts';
import type { StateRules } from '../state.ts';
import { readExpression } from './expressions.ts';
import { itemsIn, withItems } from './for-each.ts';
import type { KindOfState, Outline } from './outline.ts';
import { readPeople } from './people.ts';
import { checkForm, checkIncoming } from './reading.ts';
import type { Reading } from './reading.ts';
import { readTransitions } from './transitions.ts';
import type { TransitionSite } from './transitions.ts';
import { endWith } from './work-region.ts';

type WrittenRules = Written<'HandlerRules'>;

/** What only some handlers say, beside their rules. */
const PARTS = ['by', 'title', 'form', 'match'] as const;
type Parts = Partial<Pick<Written<'Handler'>, (typeof PARTS)[number]>>;

/**
 * Reads `on`: a message has a dot in its name, a button says who may press it; of the rest, what is
 * emitted somewhere and is no outcome of the state's own is a signal.
 */
export function readOn(
  written: Written<'Handlers'> | undefined,
  path: Path,
  site: TransitionSite,
): Pick<StateRules, 'on' | 'buttons' | 'hears' | 'signals'> {
  const on: EventHandler[] = [];
  const buttons: Button[] = [];
  const hears: MessageHandler[] = [];
  const signals: SignalHandler[] = [];
  // Only an outcome ends a region that is one piece of work.
  const staying: TransitionSite = { from: site.from, reading: site.reading };
  for (const [event, rules] of Object.entries(written ?? {})) {
    const at = [...path, event];
    const head = headOf(event, rules, at, site.reading);
    if (event.includes('.')) {
      hears.push(...readMessage(head, readTransitions(rules, at, staying), site.reading));
    } else if (head.parts.by !== undefined) {
      buttons.push(readButton(head, head.parts.by, readTransitions(rules, at, staying), site));
    } else if (isSignal(head, site.from, site.reading)) {
      refuseParts(head, PARTS, 'It is emitted by another region of the case.', site.reading);
      signals.push({ path: at, signal: event, rules: readTransitions(rules, at, staying) });
    } else {
      checkOutcome(head, site.from, site.reading);
      const finish = site.finish && endWith(site.finish, event);
      const own: TransitionSite = finish === undefined ? site : { ...site, finish };
      const isOfItem = site.from.written.forEach !== undefined;
      on.push({
        path: at,
        event,
        rules: isOfItem ? readItemRules(rules, at, staying) : readTransitions(rules, at, own),
      });
    }
  }
  return { on, buttons, hears, signals };
}

/** Beside `forEach` an outcome ends one item: its rules say what happens then, and stay. */
function readItemRules(
  written: WrittenRules,
  path: Path,
  { from, reading }: TransitionSite,
): readonly Transition[] {
  const inside = withItems(reading, itemsIn(from.written, from.path, reading));
  const rules = readTransitions(written, path, { from, reading: inside });
  for (const rule of rules) {
    if (rule.to === undefined && rule.undo === undefined) continue;
    const message =
      'An outcome ends one item, and the others go on: it does not leave the state. ' +
      'Say under "until" when it is over, and under "done" where the case goes then.';
    reading.report.at(rule.path, 'item-leaves', message);
  }
  return rules;
}

/** What a handler says beside its rules, and where: with the first of them. */
interface Head {
  readonly event: string;
  readonly path: Path;
  readonly parts: Parts;
  readonly at: Path;
}

/** Of several rules, the first says who presses and what is matched; the others may say it again. */
function headOf(event: string, rules: WrittenRules, path: Path, reading: Reading): Head {
  if (typeof rules === 'string') return { event, path, parts: {}, at: path };
  if (!Array.isArray(rules)) return { event, path, parts: rules, at: path };
  const [parts = {}, ...others] = rules.map((rule): Parts =>
    typeof rule === 'string' ? {} : rule,
  );
  for (const [index, rule] of others.entries()) {
    for (const key of PARTS) {
      if (rule[key] === undefined || isSame(rule[key], parts[key])) continue;
      const message = `"${key}" holds for all rules of “${event}”: write it in the first of them only.`;
      reading.report.atKey([...path, index + 1, key], 'misplaced-key', message);
    }
  }
  return { event, path, parts, at: [...path, 0] };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function readMessage(
  head: Head,
  rules: readonly Transition[],
  reading: Reading,
): readonly MessageHandler[] {
  const { event, path, at } = head;
  checkIncoming(event, path, reading, 'key');
  refuseParts(head, ['by', 'title', 'form'], 'It is a message: another system sends it.', reading);
  const { match } = head.parts;
  if (match === undefined) {
    const told = `"match" is missing: by which field is “${event}” a message for this case? Write \`match: quote.quoteNo\`, for example.`;
    reading.report.atKey(path, 'missing-key', told);
    return [];
  }
  return [{ path, message: event, match: readExpression(match, [...at, 'match']), rules }];
}

function readButton(
  head: Head,
  by: NonNullable<Parts['by']>,
  rules: readonly Transition[],
  { from, reading }: TransitionSite,
): Button {
  const { event, path, at } = head;
  const { title, form } = head.parts;
  refuseParts(head, ['match'], 'It belongs to a message: a button is pressed.', reading);
  if (form !== undefined) checkForm(form, [...at, 'form'], reading);
  return {
    path,
    name: event,
    by: readBy(by, [...at, 'by'], from, reading),
    ...(title === undefined ? {} : { title }),
    ...(form === undefined ? {} : { form }),
    rules,
  };
}

/** Who may press a button. */
function readBy(
  written: NonNullable<Parts['by']>,
  path: Path,
  from: Outline,
  reading: Reading,
): Presser {
  if (typeof written === 'string') return { kind: written };
  return readPeople(written, path, 'A button', from, reading);
}

function refuseParts(
  { event, at, parts }: Head,
  keys: readonly (typeof PARTS)[number][],
  why: string,
  reading: Reading,
): void {
  for (const key of keys) {
    if (parts[key] === undefined) continue;
    const message = `"${key}" has no meaning for “${event}”. ${why}`;
    reading.report.atKey([...at, key], 'misplaced-key', message);
  }
}

/** Tells a signal from an outcome; a name that is both is reported. */
function isSignal(
  { event, path }: Head,
  from: Outline,
  { emitted, core, report }: Reading,
): boolean {
  if (!emitted.has(event)) return false;
  if (!ownOutcome(event, from, core)) return true;
  const message = `“${event}” is an outcome here, and is also emitted. Only the outcome would ever be heard: give one of them another name.`;
  report.atKey(path, 'emitted-outcome', message);
  return false;
}

/** Tells whether the work of a state, or what lies inside it, can end with this outcome. */
function ownOutcome(event: string, from: Outline, core: Reading['core']): boolean {
  const { kind, written } = from;
  if (kind === 'task' || kind === 'ask') return true;
  if (kind === 'run') {
    return core.runnables.get(written.run ?? '')?.outcomes.includes(event) === true;
  }
  if (kind !== 'states' && kind !== 'parallel') return false;
  const ends = [...from.children.values()].flatMap((child) =>
    kind === 'states' ? [child] : [...child.children.values()],
  );
  return ends.some((end) => end.written.final === event);
}

/** The kinds of state that end with outcomes of their own. */
const WITH_OUTCOMES: readonly KindOfState[] = ['task', 'ask', 'run', 'states', 'parallel'];

function checkOutcome(head: Head, from: Outline, reading: Reading): void {
  const { event, path } = head;
  const why =
    'It belongs to a button or a message: a button says `by`, a message has a dot in its name.';
  refuseParts(head, PARTS, why, reading);
  if (from.parent?.kind === 'parallel' && !from.isWork) {
    const message = `A region is not left by the outcome "${event}": it ends in a final state, and the state around all regions has \`done\`. A button says who may press it: \`by: …\`.`;
    reading.report.atKey(path, 'region-leaves', message);
  } else if (from.id === '' || !WITH_OUTCOMES.includes(from.kind)) {
    const message =
      `Nothing emits “${event}”, and the work here does not end with it. For a button, say who may press it: ` +
      '`by: { role: … }`. For a message, write its whole name. For a signal, another region says `emit`.';
    reading.report.atKey(path, 'never-emitted', message);
  }
}
