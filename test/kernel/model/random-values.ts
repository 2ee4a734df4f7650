import type {
  Asked,
  Change,
  Guard,
  ModelForEach,
  ModelHearing,
  ModelTiming,
} from './model-workflow.ts';

/** What the random workflows write: every formula beside what it means. */

const HOUR = 60 * 60 * 1000;

export const GUARDS: readonly Guard[] = [
  { text: 'orElse(count, 0) > 50', holds: ({ data }) => data.count > 50 },
  { text: 'orElse(count, 0) <= 50', holds: ({ data }) => data.count <= 50 },
  { text: 'orElse(flag, false)', holds: ({ data }) => data.flag },
  { text: '!orElse(flag, false)', holds: ({ data }) => !data.flag },
  { text: 'other > 7', holds: ({ data }) => data.other > 7 },
  { text: 'other < 5', holds: ({ data }) => data.other < 5 },
];

export const CHANGES: readonly Change[] = [
  { text: { other: 'other + 1' }, apply: (data) => ({ ...data, other: data.other + 1 }) },
  { text: { other: 'other - 2' }, apply: (data) => ({ ...data, other: data.other - 2 }) },
  { text: { flag: 'true' }, apply: (data) => ({ ...data, flag: true }) },
  { text: { flag: 'false' }, apply: (data) => ({ ...data, flag: false }) },
  { text: { count: '60' }, apply: (data) => ({ ...data, count: 60 }) },
  {
    text: { count: 'other > 7 ? 0 : 100' },
    apply: (data) => ({ ...data, count: data.other > 7 ? 0 : 100 }),
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

export const LISTS: readonly ModelForEach['in'][] = [
  { text: 'range(3)', size: () => 3 },
  { text: 'range(other > 7 ? 1 : 2)', size: ({ other }) => (other > 7 ? 1 : 2) },
  { text: 'range(0)', size: () => 0 },
  { text: 'nums', size: ({ nums }) => nums.length },
];

export const TIMINGS: readonly ModelTiming[] = [
  { kind: 'span', days: 2 },
  { kind: 'business', hours: 6 },
  { kind: 'business', hours: 11 },
  { kind: 'every', hours: 30 },
  { kind: 'every', hours: 5, atMost: 2 },
  { kind: 'in', text: 'hours(other)', hours: ({ other }) => other },
  {
    kind: 'in',
    text: 'orElse(flag, false) ? hours(9) : hours(40)',
    hours: ({ flag }) => (flag ? 9 : 40),
  },
  {
    kind: 'at',
    text: 'now + hours(other)',
    instant: ({ other }, entered) => entered + other * HOUR,
  },
  {
    kind: 'at',
    text: 'orElse(flag, false) ? now + hours(50) : null',
    instant: ({ flag }, entered) => (flag ? entered + 50 * HOUR : undefined),
  },
];

export const SIGNALS = ['tick', 'tock'];

export const KEYS: readonly Pick<ModelHearing, 'match' | 'key'>[] = [
  { match: 'reference', key: () => 'S-1' },
  { match: 'id', key: ({ id }) => id },
  { match: 'other > 7 ? "many" : "few"', key: ({ other }) => (other > 7 ? 'many' : 'few') },
];
