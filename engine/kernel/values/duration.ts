const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The units of an ISO duration in the order in which it is written. */
const UNITS = [7 * DAY, DAY, HOUR, MINUTE, SECOND];

const ISO =
  /^(-)?P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;

/**
 * Reads an ISO 8601 duration as milliseconds: `PT3H`, `P1DT30M`. A day has 24 hours here; years
 * and months have no fixed length and give `undefined`, like everything that is no duration.
 */
export function parseDuration(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null || /[PT]$/.test(text)) return undefined;
  const [, sign, ...parts] = match as readonly (string | undefined)[];
  const millis = (parts[UNITS.length] ?? '0').padEnd(3, '0');
  const total = UNITS.reduce(
    (sum, unit, index) => sum + unit * Number(parts[index] ?? 0),
    Number(millis),
  );
  return sign === '-' ? -total : total;
}

/** Writes milliseconds as an ISO 8601 duration in hours, minutes and seconds: `PT26H30M`. */
export function formatDuration(millis: number): string {
  const rest = Math.abs(Math.round(millis));
  const hours = Math.floor(rest / HOUR);
  const minutes = Math.floor((rest % HOUR) / MINUTE);
  const seconds = (rest % MINUTE) / SECOND;
  const parts = [
    hours > 0 ? `${hours}H` : '',
    minutes > 0 ? `${minutes}M` : '',
    seconds > 0 || rest === 0 ? `${seconds}S` : '',
  ];
  return `${millis < 0 && rest > 0 ? '-' : ''}PT${parts.join('')}`;
}
