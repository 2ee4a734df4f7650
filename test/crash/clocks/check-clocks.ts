import type { Broken } from '../promises/broken.ts';
import { grouped } from '../promises/grouped.ts';
import type { EventRow } from '../records.ts';
import { duesOf } from './days.ts';

/** What is known of a run in which the clock was set. */
export interface ClockRecords {
  readonly events: readonly EventRow[];
  /** What the clock shows in the end. */
  readonly until: number;
  /** When the schedule was due by then. */
  readonly nights: readonly number[];
}

interface Body {
  readonly at?: number;
  readonly beginning?: { readonly kind: string; readonly input?: { readonly deadline: string } };
}

/** Each timer fires once and never early, and each time of the schedule begins one case. */
export function checkClocks({ events, until, nights }: ClockRecords): readonly Broken[] {
  const found: Broken[] = [];
  const say = (about: string, evidence: string): void => {
    found.push({ promise: 6, about, evidence });
  };
  const begun: number[] = [];
  for (const [id, all] of grouped(events, ({ case_id }) => case_id)) {
    const [first, ...rest] = [...all].sort((a, b) => a.seq - b.seq);
    if (first === undefined) continue;
    const { beginning } = bodyOf(first);
    if (beginning?.kind === 'schedule') begun.push(first.at);
    const { deadline } = beginning?.input ?? {};
    const dues = duesOf(first.at, deadline === undefined ? first.at : Date.parse(deadline));
    for (const text of checkTimers(rest, dues, until)) say(`case ${id}`, text);
  }
  for (const text of checkNights(begun, nights)) say('the schedule', text);
  return found;
}

function checkNights(begun: readonly number[], nights: readonly number[]): readonly string[] {
  const inOrder = [...begun].sort((a, b) => a - b);
  const found = nights.flatMap((night, index) => {
    const early = night - (inOrder[index] ?? Infinity);
    return early > 0 ? [`that of ${show(night)} began a case ${early} ms early`] : [];
  });
  const isEven = begun.length === nights.length;
  return isEven ? found : [`it began ${begun.length} cases at ${nights.length} times`, ...found];
}

function checkTimers(
  events: readonly EventRow[],
  dues: readonly number[],
  until: number,
): readonly string[] {
  const left = [...dues];
  const found: string[] = [];
  for (const event of events.filter(({ kind }) => kind === 'timer')) {
    const { at = 0 } = bodyOf(event);
    const place = left.indexOf(at);
    if (place === -1) found.push(`a timer fired that was due at ${show(at)}: none was, or it had`);
    else left.splice(place, 1);
    if (event.at < at) found.push(`the timer of ${show(at)} fired ${at - event.at} ms early`);
  }
  const missed = left.filter((due) => due <= until);
  return [...found, ...missed.map((due) => `the timer of ${show(due)} has not fired`)];
}

function bodyOf({ body }: EventRow): Body {
  return JSON.parse(body) as Body;
}

function show(at: number): string {
  return new Date(at).toISOString();
}
