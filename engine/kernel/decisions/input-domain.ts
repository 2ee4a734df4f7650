import type { Decimal } from 'decimal.js';
import type { ValueType } from '../types/value-type.ts';
import { ExactDecimal } from '../values/decimal.ts';
import { parseDuration } from '../values/duration.ts';
import { dayNumber, isIsoDate, isoDate } from '../values/iso-date.ts';
import { toStored } from '../values/stored.ts';

/** The values that an input of a decision can have, in their running form. */
export interface InputDomain {
  /** Reads a value as a cell writes it; `undefined` for what is none. */
  read(text: string): unknown;
  /** How such a value is written, for messages. */
  readonly example: string;
  /** Present for kinds that have an order. */
  readonly axis?: Axis;
  /** Present where the values can be counted: they are these. */
  readonly members?: readonly unknown[];
  /** Writes a running value as people read it. */
  show(value: unknown): string;
}

/** Puts the values of a kind on a line, so that it can be said what lies between two of them. */
export interface Axis {
  /** True where values follow one another in steps of one. */
  readonly isDiscrete: boolean;
  /** The ends of the line, where there are any. */
  readonly least?: Decimal;
  readonly greatest?: Decimal;
  place(value: unknown): Decimal;
  valueAt(place: Decimal): unknown;
}

/** The least and the greatest value that an input can have, as a schema says them. */
export interface Limits {
  readonly least?: number | string;
  readonly greatest?: number | string;
}

/** Finds the domain of a type; `undefined` for kinds that no cell can speak of. */
export function domainOf(type: ValueType, limits: Limits = {}): InputDomain | undefined {
  const write = toStored(type);
  const show = (value: unknown): string => String(write === undefined ? value : write(value));
  switch (type.kind) {
    case 'text':
      return { read: (text) => text, example: 'Dublin', show };
    case 'yes/no':
      return {
        read: readYesNo,
        example: 'yes',
        members: [true, false],
        show: (value) => (value === true ? 'yes' : 'no'),
      };
    case 'one of': {
      const { choices } = type;
      const read = (text: string): unknown => choices.find((choice) => String(choice) === text);
      return { read, example: choices.join(', '), members: choices, show };
    }
    default: {
      const line = LINES[type.kind];
      return line && { ...line, axis: limited(line.axis, limits), show };
    }
  }
}

function limited(axis: Axis, { least, greatest }: Limits): Axis {
  return {
    ...axis,
    ...(least !== undefined && { least: new ExactDecimal(least) }),
    ...(greatest !== undefined && { greatest: new ExactDecimal(greatest) }),
  };
}

function readYesNo(text: string): boolean | undefined {
  if (text === 'yes' || text === 'true') return true;
  return text === 'no' || text === 'false' ? false : undefined;
}

const NUMERAL = /^-?\d{1,34}(\.\d{1,33})?$/;

function axis(isDiscrete: boolean): Axis {
  return {
    isDiscrete,
    place: (value) => new ExactDecimal(value as number),
    valueAt: (place) => place.toNumber(),
  };
}

type Line = Pick<InputDomain, 'read' | 'example'> & { readonly axis: Axis };

const LINES: Partial<Record<ValueType['kind'], Line>> = {
  number: {
    read: (text) => (NUMERAL.test(text) ? Number(text) : undefined),
    example: '12.5',
    axis: axis(false),
  },
  'whole number': {
    read: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
    example: '12',
    axis: axis(true),
  },
  decimal: {
    read: (text) => (NUMERAL.test(text) ? new ExactDecimal(text) : undefined),
    example: '12.50',
    axis: { isDiscrete: false, place: (value) => value as Decimal, valueAt: (place) => place },
  },
  date: {
    read: (text) => (isIsoDate(text) ? text : undefined),
    example: '2027-03-14',
    axis: {
      isDiscrete: true,
      place: (value) => new ExactDecimal(dayNumber(value as string)),
      valueAt: (place) => isoDate(place.toNumber()),
    },
  },
  'date-time': {
    read: (text) => {
      const time = /^\d{4}-\d\d-\d\dT.*Z$/.test(text) ? Date.parse(text) : Number.NaN;
      return Number.isNaN(time) ? undefined : time;
    },
    example: '2027-03-14T09:00Z',
    axis: axis(true),
  },
  duration: { read: parseDuration, example: 'PT3H', axis: axis(true) },
};
