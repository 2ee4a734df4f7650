import { plain } from '../../types/make-type.ts';
import {
  addBusinessDays,
  addBusinessHours,
  businessDaysBetween,
} from '../../values/business-time.ts';
import { addBusinessDaysToInstant } from '../../values/delay.ts';
import { HOUR } from '../../values/duration.ts';
import { dayNumber, isIsoDate, isoInstant } from '../../values/iso-date.ts';
import type { CalendarUnit } from '../../values/zone.ts';
import { addToDate, addToInstant, dateIn } from '../../values/zone.ts';
import type { Frame } from '../frame.ts';
import { isText } from '../kinds.ts';
import type { Node, Run } from '../node.ts';
import { refuse } from '../refusal.ts';
import type { FunctionDefinition, Parameter } from './definition.ts';
import { plainFunction } from './definition.ts';

const DAY_OR_INSTANT: Parameter = ['date', 'date-time'];
const WHOLE: Parameter = ['whole number'];

const today = plainFunction({
  name: 'today',
  signature: 'today()',
  description: "The date of today in the company's time zone.",
  example: { formula: 'today()', result: '2027-03-01' },
  parameters: [],
  make: () => ({
    type: plain('date'),
    run: ({ environment }) => dateIn(environment.timeZone, environment.now),
  }),
});

const date = plainFunction({
  name: 'date',
  signature: 'date(text)',
  description: 'The date that a text in quotes says, or the day of a date-time.',
  example: { formula: 'date("2027-03-14")', result: '2027-03-14' },
  parameters: [['text', 'date-time', 'date']],
  make: (args, call) => {
    const [value] = args as [Node];
    // One of several texts is a text: only one that is written out says a date.
    if (!isText(value.type)) return { type: plain('date'), run: dayOf(value) };
    const { literal } = value.type;
    if (typeof literal !== 'string' || !isIsoDate(literal)) {
      const message = 'A date is written out as year, month and day: date("2027-03-14").';
      throw refuse('bad-date', call.syntax, message);
    }
    return { type: plain('date'), run: () => literal };
  },
});

const hours = plainFunction({
  name: 'hours',
  signature: 'hours(n)',
  description: 'A duration of so many hours.',
  example: { formula: 'now + hours(36)', result: '2027-03-02T21:00:00.000Z' },
  parameters: [['number']],
  make: (args) => {
    const [n] = args as [Node];
    return { type: plain('duration'), run: (frame) => (n.run(frame) as number) * HOUR };
  },
});

const days = plainFunction({
  name: 'days',
  signature: 'days(from, to)',
  description: 'How many days lie between two dates; negative where the second is earlier.',
  example: { formula: 'days(date("2027-03-01"), date("2027-03-14"))', result: 13 },
  parameters: [DAY_OR_INSTANT, DAY_OR_INSTANT],
  make: (args) => {
    const [from, to] = args.map(dayOf) as [Run, Run];
    return {
      type: plain('whole number'),
      run: (frame) => dayNumber(to(frame) as string) - dayNumber(from(frame) as string),
    };
  },
});

const businessDays = plainFunction({
  name: 'businessDays',
  signature: 'businessDays(from, to)',
  description: 'How many working days there are after the first date up to the second.',
  example: { formula: 'businessDays(date("2027-03-01"), date("2027-03-08"))', result: 5 },
  parameters: [DAY_OR_INSTANT, DAY_OR_INSTANT],
  make: (args) => {
    const [from, to] = args.map(dayOf) as [Run, Run];
    return {
      type: plain('whole number'),
      run: (frame) =>
        businessDaysBetween(from(frame) as string, to(frame) as string, frame.environment.calendar),
    };
  },
});

const addBusinessHoursFunction = plainFunction({
  name: 'addBusinessHours',
  signature: 'addBusinessHours(time, n)',
  description: 'The time at which so many working hours will have passed.',
  example: { formula: 'addBusinessHours(now, 10)', result: '2027-03-02T11:00:00.000Z' },
  parameters: [['date-time'], ['number']],
  make: (args) => {
    const [time, n] = args as [Node, Node];
    return {
      type: plain('date-time'),
      run: (frame) =>
        addBusinessHours(
          time.run(frame) as number,
          n.run(frame) as number,
          frame.environment.calendar,
        ),
    };
  },
});

const addBusinessDaysFunction = plainFunction({
  name: 'addBusinessDays',
  signature: 'addBusinessDays(date, n)',
  description: 'The working day that comes so many working days later, or earlier if negative.',
  example: { formula: 'addBusinessDays(date("2027-03-05"), 1)', result: '2027-03-08' },
  parameters: [DAY_OR_INSTANT, WHOLE],
  make: (args) =>
    moved(args, {
      date: (from, n, { environment }) => addBusinessDays(from, n, environment.calendar),
      instant: (from, n, { environment }) =>
        addBusinessDaysToInstant(from, n, environment.calendar),
    }),
});

const addDays = calendarFunction(
  'addDays',
  'days',
  'The date so many days later, or earlier if negative; a date-time keeps its time of day.',
  { formula: 'addDays(date("2027-03-01"), 14)', result: '2027-03-15' },
);

const addMonths = calendarFunction(
  'addMonths',
  'months',
  'The date so many months later; a month that lacks the day gives its last one.',
  { formula: 'addMonths(date("2027-01-31"), 1)', result: '2027-02-28' },
);

function calendarFunction(
  name: string,
  unit: CalendarUnit,
  description: string,
  example: FunctionDefinition['example'],
): FunctionDefinition {
  return plainFunction({
    name,
    signature: `${name}(date, n)`,
    description,
    example,
    parameters: [DAY_OR_INSTANT, WHOLE],
    make: (args) =>
      moved(args, {
        date: (from, n) => addToDate(from, n, unit),
        instant: (from, n, { environment }) => addToInstant(environment.timeZone, from, n, unit),
      }),
  });
}

interface Moves {
  date(from: string, n: number, frame: Frame): string;
  instant(from: number, n: number, frame: Frame): number;
}

/** Moves a date or a date-time; the result is of the same kind. */
function moved(args: readonly Node[], moves: Moves): Pick<Node, 'type' | 'run'> {
  const [from, n] = args as [Node, Node];
  const amount = (frame: Frame): number => n.run(frame) as number;
  if (from.type.kind === 'date') {
    return {
      type: plain('date'),
      run: (frame) => moves.date(from.run(frame) as string, amount(frame), frame),
    };
  }
  return {
    type: plain('date-time'),
    run: (frame) => {
      const instant = moves.instant(from.run(frame) as number, amount(frame), frame);
      isoInstant(instant);
      return instant;
    },
  };
}

/** The date of a date or a date-time. */
function dayOf(node: Node): Run {
  if (node.type.kind === 'date') return node.run;
  return (frame) => dateIn(frame.environment.timeZone, node.run(frame) as number);
}

export const DATE_FUNCTIONS: readonly FunctionDefinition[] = [
  today,
  date,
  addDays,
  addMonths,
  addBusinessHoursFunction,
  addBusinessDaysFunction,
  days,
  businessDays,
  hours,
];
