/** When and where a page is looked at. */
export interface ViewMoment {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The company's zone, e.g. `Europe/Dublin`. */
  readonly timeZone: string;
}

/** A time for people and for machines: `<time datetime="{{iso}}">{{text}}</time>`. */
export interface TimeView {
  readonly text: string;
  readonly iso: string;
}

const LOCALE = 'en-IE';
const formats = new Map<string, Intl.DateTimeFormat>();

/** Shows a time in the company's zone: `1 March 2027, 09:00`. */
export function showTime(at: number, { timeZone }: ViewMoment): TimeView {
  const date = formatOf({ day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at);
  const clock = formatOf({ hour: '2-digit', minute: '2-digit', hour12: false, timeZone }).format(
    at,
  );
  return { text: `${date}, ${clock}`, iso: new Date(at).toISOString() };
}

/** Shows a time in a narrow column: `09:00` today, `1 Mar` this year, `1 Mar 2026` before. */
export function showShortTime(at: number, moment: ViewMoment): TimeView {
  const { now, timeZone } = moment;
  const day = dayOf(at, timeZone);
  const today = dayOf(now, timeZone);
  const iso = new Date(at).toISOString();
  if (day === today) {
    const text = formatOf({ hour: '2-digit', minute: '2-digit', hour12: false, timeZone }).format(
      at,
    );
    return { text, iso };
  }
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return { text: formatOf({ day: 'numeric', month: 'short', ...year, timeZone }).format(at), iso };
}

function dayOf(at: number, timeZone: string): string {
  const parts = formatOf({ year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
  const found = new Map(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return ['year', 'month', 'day'].map((type) => found.get(type as 'year') ?? '').join('-');
}

// Making a format takes a hundred times longer than using one.
/** Writes a date, `2027-03-01`, in words. */
export function showDay(date: string): string {
  return formatOf({ dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00Z`));
}

function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, options);
  formats.set(key, known);
  return known;
}
