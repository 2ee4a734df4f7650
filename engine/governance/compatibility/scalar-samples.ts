import { moveDecimal } from '../../kernel/validator/decimal-format.ts';
import type { Conjunct } from './conjuncts.ts';
import { written } from './finding.ts';
import { samplesOfPattern } from './pattern-samples.ts';

const OF_FORMAT: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-01-31', '1999-12-01'],
  time: ['10:00:00Z'],
  'date-time': ['2026-01-31T10:00:00Z'],
  duration: ['P1D', 'PT2H'],
  email: ['ann@example.com'],
  hostname: ['example.com'],
  ipv4: ['192.0.2.1'],
  ipv6: ['2001:db8::1'],
  uuid: ['123e4567-e89b-42d3-a456-426614174000'],
  uri: ['https://example.com/a'],
  'json-pointer': ['/a', ''],
  regex: ['^a$'],
  decimal: ['0', '1', '1.5', '10', '100', '-1', '0.001'],
};
const PLAIN = ['a', '', 'Text', 'A1', '0', '~'];
/** A text longer than this is no example to be read. */
const LONGEST = 5_000;

/** Texts at the edges of what schemas take. */
export function textSamples(conjuncts: readonly Conjunct[]): readonly string[] {
  const formats = written(conjuncts, 'format').map(String);
  const patterns = written(conjuncts, 'pattern').map(String);
  const sound = [
    ...patterns.flatMap(samplesOfPattern),
    ...formats.flatMap((format) => OF_FORMAT[format] ?? []),
    ...(formats.includes('decimal') ? decimalSamples(conjuncts) : []),
    ...PLAIN,
  ];
  const lengths = ['minLength', 'maxLength']
    .flatMap((keyword) => written(conjuncts, keyword).map(Number))
    .flatMap((length) => [length, length - 1, length + 1])
    .filter((length) => length >= 0 && length <= LONGEST);
  const stretched = lengths.flatMap((length) =>
    [...new Set(sound)].slice(0, 4).map((text) => stretch(text, length)),
  );
  return [...new Set([...sound, ...stretched])];
}

/** Numbers at the edges of what schemas take. */
export function numberSamples(conjuncts: readonly Conjunct[]): readonly number[] {
  const limits = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].flatMap((keyword) =>
    written(conjuncts, keyword).map(Number),
  );
  const steps = written(conjuncts, 'multipleOf').map(Number);
  const near = limits.flatMap((limit) => [limit, ...AROUND.map((by) => limit + by)]);
  const onStep = steps.flatMap((step) =>
    [0, ...limits].flatMap((limit) =>
      [-1, 0, 1, 2].map((by) => exactly((Math.round(limit / step) + by) * step)),
    ),
  );
  return [...new Set([0, 1, ...near, ...onStep, 0.5, -1, 2, 3, 5, 7, 1.25, 1e6, -1e6])].filter(
    Number.isFinite,
  );
}

const AROUND = [1, -1, 0.5, -0.5, 0.25];

/** Without the dust of a multiplication in binary. */
function exactly(value: number): number {
  return Number(value.toPrecision(12));
}

/** The last decimal place that is tried. */
const LAST_PLACE = 30;

function decimalSamples(conjuncts: readonly Conjunct[]): readonly string[] {
  const limits = ['x-minimum', 'x-maximum'].flatMap((keyword) => written(conjuncts, keyword));
  const scales = written(conjuncts, 'x-scale').map(Number);
  const places = [0, ...scales, ...scales.map((scale) => scale + 1)];
  return [...limits.map(String), '0', '1'].flatMap((start) => [
    start,
    ...places.flatMap((place) =>
      [1, -1].map((by) => moveDecimal(start, Math.min(place, LAST_PLACE), by)),
    ),
  ]);
}

function stretch(text: string, length: number): string {
  if (text.length >= length) return text.slice(0, length);
  const last = text === '' ? 'a' : text.charAt(text.length - 1);
  return text + last.repeat(length - text.length);
}
