import type { Path } from '../../problem.ts';
import { everComes, patternFault } from '../../values/schedule.ts';
import { isTimeZone } from '../../values/zone.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Start } from '../workflow.ts';
import type { Reading } from './reading.ts';

type Scheduled = Pick<Extract<Start, { readonly kind: 'schedule' }>, 'kind' | 'pattern' | 'zone'>;

const FIELDS =
  'It has five fields: minute, hour, day of the month, month and day of the week, like 0 7 * * MON-FRI.';

/** Reads the times at which cases begin; on the clocks of the company where no zone is named. */
export function readSchedule(
  { schedule = '', zone }: Written<'Start'>,
  path: Path,
  reading: Reading,
): Scheduled | undefined {
  const pattern = schedule.trim();
  const isRight = [
    checkPattern(pattern, [...path, 'schedule'], reading),
    zone === undefined || checkZone(zone, [...path, 'zone'], reading),
  ];
  if (isRight.includes(false)) return undefined;
  return { kind: 'schedule', pattern, zone: zone ?? reading.core.timeZone };
}

function checkPattern(pattern: string, path: Path, { report }: Reading): boolean {
  const fields = pattern.split(/\s+/);
  if (fields.length !== 5) {
    // A sixth field in front is that of the seconds.
    const [seconds, ...others] = fields;
    const isToTheMinute = seconds === '0' || seconds === '00';
    const meant = others.length === 5 && isToTheMinute ? others.join(' ') : undefined;
    const isMeant = meant !== undefined && patternFault(meant) === undefined;
    const why = others.length === 5 ? '; seconds cannot be said' : '';
    const message = `"${pattern}" is not a schedule${why}. ${FIELDS}`;
    const fix = report.replacement(path, isMeant ? meant : undefined);
    report.at(path, 'schedule-pattern', message, fix);
    return false;
  }
  const fault = patternFault(pattern);
  if (fault !== undefined) {
    const message = `"${pattern}" is not a schedule: ${fault.replace(/\.$/, '')}. ${FIELDS}`;
    report.at(path, 'schedule-pattern', message);
    return false;
  }
  if (everComes(pattern)) return true;
  const message = `"${pattern}" never comes: no month that it names has such a day. Correct the day or the month.`;
  report.at(path, 'schedule-never', message);
  return false;
}

function checkZone(zone: string, path: Path, { report }: Reading): boolean {
  if (isTimeZone(zone)) return true;
  report.unknown(path, 'unknown-zone', 'time zone', zone, Intl.supportedValuesOf('timeZone'));
  return false;
}
