import type { Asked, Guard } from './model-workflow.ts';
import type { FieldsChange, FieldsTiming, Formula } from './of-fields.ts';

/** What the random workflows write: every formula beside what it means. */

const HOUR = 60 * 60 * 1000;

export const GUARDS: readonly Formula<boolean>[] = [
  { text: 'orElse(count, 0) > 50', value: ({ count }) => count > 50 },
  { text: 'orElse(count, 0) <= 50', value: ({ count }) => count <= 50 },
  { text: 'orElse(flag, false)', value: ({ flag }) => flag },
  { text: '!orElse(flag, false)', value: ({ flag }) => !flag },
  { text: 'other > 7', value: ({ other }) => other > 7 },
  { text: 'other < 5', value: ({ other }) => other < 5 },
];

export const CHANGES: readonly FieldsChange[] = [
  { set: { other: 'other + 1' }, apply: ({ other }) => ({ other: other + 1 }) },
  { set: { other: 'other - 2' }, apply: ({ other }) => ({ other: other - 2 }) },
  { set: { flag: 'true' }, apply: () => ({ flag: true }) },
  { set: { flag: 'false' }, apply: () => ({ flag: false }) },
  { set: { count: '60' }, apply: () => ({ count: 60 }) },
  {
    set: { count: 'other > 7 ? 0 : 100' },
    apply: ({ other }) => ({ count: other > 7 ? 0 : 100 }),
  },
];

/** Where the case is, or has been. */
export function placeGuards(id: string): readonly Guard[] {
  return [
    { text: `in(${id})`, holds: ({ isIn }) => isIn(id) },
    { text: `finished(${id})`, holds: ({ hasFinished }) => hasFinished(id) },
    { text: `!finished(${id})`, holds: ({ hasFinished }) => !hasFinished(id) },
  ];
}

/** How a region may have ended, by its name. */
export function regionGuards(name: string, outcomes: readonly string[]): readonly Guard[] {
  return outcomes.flatMap((outcome) => [
    {
      text: `outcomes.${name} == "${outcome}"`,
      holds: (asked: Asked) => asked.outcomes.get(name) === outcome,
    },
    { text: `outcomes.${name} == null`, holds: (asked: Asked) => !asked.outcomes.has(name) },
  ]);
}

/** What has come of the items so far, which may end with certain outcomes. */
export function resultGuards(outcomes: readonly string[]): readonly Guard[] {
  return [
    { text: 'size(results) > 1', holds: ({ results }) => results.length > 1 },
    {
      text: 'results.all(r, r.index < 2)',
      holds: ({ results }) => results.every(({ index }) => index < 2),
    },
    ...outcomes.map((outcome): Guard => ({
      text: `results.exists(r, r.outcome == "${outcome}")`,
      holds: ({ results }) => results.some((result) => result.outcome === outcome),
    })),
  ];
}

export const LISTS: readonly Formula<number>[] = [
  { text: 'range(3)', value: () => 3 },
  { text: 'range(other > 7 ? 1 : 2)', value: ({ other }) => (other > 7 ? 1 : 2) },
  { text: 'range(0)', value: () => 0 },
  { text: 'nums', value: ({ nums }) => nums.length },
];

export const TIMINGS: readonly FieldsTiming[] = [
  { kind: 'span', days: 2 },
  { kind: 'business', hours: 6 },
  { kind: 'business', hours: 11 },
  { kind: 'every', hours: 30 },
  { kind: 'every', hours: 5, atMost: 2 },
  { kind: 'in', text: 'hours(other)', value: ({ other }) => other },
  {
    kind: 'in',
    text: 'orElse(flag, false) ? hours(9) : hours(40)',
    value: ({ flag }) => (flag ? 9 : 40),
  },
  {
    kind: 'at',
    text: 'now + hours(other)',
    value: ({ other }, entered) => entered + other * HOUR,
  },
  {
    kind: 'at',
    text: 'orElse(flag, false) ? now + hours(50) : null',
    value: ({ flag }, entered) => (flag ? entered + 50 * HOUR : undefined),
  },
];

export const SIGNALS = ['tick', 'tock'];

export const KEYS: readonly Formula<string | undefined>[] = [
  { text: 'reference', value: () => 'S-1' },
  { text: 'id', value: ({ id }) => id },
  { text: 'other > 7 ? "many" : "few"', value: ({ other }) => (other > 7 ? 'many' : 'few') },
];
