import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import { DELAY } from '../schema/patterns.ts';
import type { Timer, Timing } from '../rules.ts';
import { readDelay } from './delays.ts';
import { readExpression } from './expressions.ts';
import type { Outline } from './outline.ts';
import { WORK } from './outline.ts';
import type { Reading } from './reading.ts';
import { resolveInside, resolveTarget } from './targets.ts';
import type { TransitionSite } from './transitions.ts';
import { readTransitions } from './transitions.ts';

const SPAN = new RegExp(DELAY);

/** Reads `after`: a map of spans, or a list of timers. */
export function readTimers(
  written: Written<'Timers'> | undefined,
  path: Path,
  site: TransitionSite,
): readonly Timer[] {
  if (Array.isArray(written)) {
    return written.map((timer, index) => readTimer(timer, [...path, index], site));
  }
  return Object.entries(written ?? {}).map(([span, rules]) => {
    const at = [...path, span];
    return {
      path: at,
      timing: { kind: 'span', span: readDelay(span) },
      pauseWhile: [],
      rules: readTransitions(rules, at, site),
    };
  });
}

function readTimer(written: Written<'Timer'>, path: Path, site: TransitionSite): Timer {
  const { calendar, pauseWhile = [] } = written;
  const timing = readTiming(written, path, site.reading);
  if (timing !== undefined) checkBeside(written, timing, path, site.reading);
  return {
    path,
    timing: timing ?? { kind: 'span', span: { amount: 1, unit: 'days' } },
    ...(calendar === undefined ? {} : { calendar }),
    pauseWhile:
      timing?.kind === 'at'
        ? []
        : pauseWhile.flatMap((name, index) =>
            readPause(name, [...path, 'pauseWhile', index], site),
          ),
    rules: readTransitions(written, path, site),
  };
}

/** Reads when a timer fires; `undefined` where that was not said, or said twice. */
function readTiming(
  written: Written<'Timer'>,
  path: Path,
  { report }: Reading,
): Timing | undefined {
  const { at, every, atMost } = written;
  const given = (['at', 'in', 'every'] as const).filter((key) => written[key] !== undefined);
  const [first, second] = given;
  if (first === undefined || second !== undefined) {
    const place = second === undefined ? path : [...path, second];
    const told =
      'A timer says once when it fires: `at` a time, `in` a span, or `every` so often. ' +
      (second === undefined ? 'Add one of them.' : 'Take one out, or make two timers.');
    if (second === undefined) report.at(place, 'timer-kind', told);
    else report.atKey(place, 'timer-kind', told);
    return undefined;
  }
  if (every !== undefined) {
    return { kind: 'every', span: readDelay(every), ...(atMost === undefined ? {} : { atMost }) };
  }
  if (at !== undefined) return { kind: 'at', value: readExpression(at, [...path, 'at']) };
  const span = written.in ?? '';
  return typeof span === 'string' && SPAN.test(span)
    ? { kind: 'span', span: readDelay(span) }
    : { kind: 'in', value: readExpression(span, [...path, 'in']) };
}

function checkBeside(
  written: Written<'Timer'>,
  timing: Timing,
  path: Path,
  { report, core }: Reading,
): void {
  const misplaced = (key: 'atMost' | 'calendar' | 'pauseWhile', why: string): void => {
    if (written[key] === undefined) return;
    report.atKey([...path, key], 'misplaced-key', `"${key}" has no meaning here: ${why}`);
  };
  if (timing.kind !== 'every') misplaced('atMost', 'this timer fires once. Write `every`.');
  if (timing.kind === 'at') {
    misplaced('calendar', 'the time is fixed. Write `in` for a span of working time.');
    misplaced('pauseWhile', 'the time is fixed. Write `in` for a span that can stand still.');
    return;
  }
  if ('span' in timing && /^(weeks|months)$/.test(timing.span.unit)) {
    misplaced('calendar', 'weeks and months are not working time. Write hours or days.');
  }
  const { calendar } = written;
  if (calendar === undefined || core.calendars.has(calendar)) return;
  const place = [...path, 'calendar'];
  report.unknown(place, 'unknown-calendar', 'calendar', calendar, core.calendars.keys());
}

/** Finds a state in which a timer stands still: one inside its own, or in a region beside it. */
function readPause(written: string, path: Path, site: TransitionSite): readonly string[] {
  const { from, reading } = site;
  const inside = resolveInside(written, from);
  const found = inside ?? resolveTarget(written, from, path, reading, 'scope');
  if (found === undefined) return [];
  if (inside !== undefined || runsBeside(found, from)) {
    // A region that is one piece of work is there even when its work is over.
    return [found.isWork ? `${found.id}/${WORK}` : found.id];
  }
  const message =
    `A case is never in "${written}" while this timer runs, so it would never stand still. ` +
    'Name a state inside this one, or one in a region beside it.';
  reading.report.at(path, 'pause-elsewhere', message);
  return [];
}

/** Tells whether a case can be in two states at once: in different regions of one parallel. */
function runsBeside(one: Outline, other: Outline): boolean {
  const around = [...outwards(other)];
  const shared = [...outwards(one)].find((outer) => around.includes(outer));
  return shared?.kind === 'parallel';
}

function* outwards(state: Outline): Iterable<Outline> {
  for (let outer: Outline | undefined = state; outer !== undefined; outer = outer.parent) {
    yield outer;
  }
}
