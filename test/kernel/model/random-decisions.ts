import type { ModelFields } from './model-fields.ts';
import type { FieldsDecision } from './of-fields.ts';

const WHOLE = { kind: 'whole number' };
const COUNT = { count: 'result.count' };
const OTHER = { other: 'result' };

/** Decisions of each kind, beside what they mean. */
export const DECISIONS: readonly FieldsDecision[] = [
  {
    name: 'first',
    table: {
      hit: 'first',
      inputs: { other: 'other' },
      outputs: { count: WHOLE },
      rules: [
        { other: '> 8', count: 60 },
        { other: '>= 5', count: 30 },
        { other: '-', count: 10 },
      ],
    },
    set: COUNT,
    apply: (data) => ({ count: data.other > 8 ? 60 : data.other >= 5 ? 30 : 10 }),
  },
  {
    name: 'unique',
    table: {
      hit: 'unique',
      inputs: { flag: 'orElse(flag, false)', other: 'other' },
      outputs: { count: WHOLE },
      rules: [
        { flag: true, other: '-', count: 90 },
        { flag: false, other: 'not([6..8])', count: 55 },
      ],
      default: { count: 5 },
    },
    set: COUNT,
    apply: (data: ModelFields): Partial<ModelFields> => {
      const isOutside = data.other < 6 || data.other > 8;
      return { count: data.flag ? 90 : isOutside ? 55 : 5 };
    },
  },
  {
    name: 'any',
    table: {
      hit: 'any',
      inputs: { other: 'other', flag: 'orElse(flag, false)' },
      outputs: { count: WHOLE },
      rules: [
        { other: '(6..9]', flag: '-', count: 40 },
        { other: '-', flag: true, count: 40 },
      ],
      default: { count: 80 },
    },
    set: COUNT,
    apply: (data: ModelFields): Partial<ModelFields> => {
      const isNear = data.other > 6 && data.other <= 9;
      return { count: isNear || data.flag ? 40 : 80 };
    },
  },
  {
    name: 'priority',
    table: {
      hit: 'priority',
      inputs: { other: 'other', count: 'orElse(count, 0)' },
      outputs: { level: { kind: 'one of', choices: ['high', 'middle', 'low'] } },
      rules: [
        { other: '-', count: '-', level: 'low' },
        { other: '< 7', count: '-', level: 'middle' },
        { other: '-', count: '> 50', level: 'high' },
      ],
    },
    set: { flag: 'result.level == "high"', other: 'result.level == "middle" ? 20 : 3' },
    apply: (data: ModelFields): Partial<ModelFields> => {
      const isHigh = data.count > 50;
      return { flag: isHigh, other: !isHigh && data.other < 7 ? 20 : 3 };
    },
  },
  {
    name: 'collect',
    table: {
      hit: 'collect',
      collect: { count: true },
      inputs: { other: 'other', flag: 'orElse(flag, false)' },
      outputs: { points: WHOLE },
      rules: [
        { other: '< 8', flag: '-', points: 1 },
        { other: '5, 6, 7', flag: '-', points: 2 },
        { other: '-', flag: true, points: 3 },
      ],
    },
    set: OTHER,
    apply: (data: ModelFields): Partial<ModelFields> => {
      const holds = [data.other < 8, [5, 6, 7].includes(data.other), data.flag];
      return { other: holds.filter(Boolean).length };
    },
  },
  {
    name: 'most',
    table: {
      hit: 'collect',
      collect: { max: 'points' },
      inputs: { other: 'other' },
      outputs: { points: WHOLE },
      rules: [
        { other: '> 4', points: 6 },
        { other: '> 8', points: 9 },
      ],
    },
    set: { other: 'orElse(result, 8)' },
    apply: (data) => ({ other: data.other > 8 ? 9 : data.other > 4 ? 6 : 8 }),
  },
  {
    name: 'all',
    table: {
      hit: 'collect',
      inputs: { other: 'other', size: 'size(nums)' },
      outputs: { points: WHOLE },
      rules: [
        { other: '-', size: '>= 2', points: 4 },
        { other: '>= 6', size: '-', points: 5 },
      ],
    },
    set: { other: 'sum(result.map(r, r.points))' },
    apply: (data) => ({
      other: (data.nums.length >= 2 ? 4 : 0) + (data.other >= 6 ? 5 : 0),
    }),
  },
];
