import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

const LEVELS = ['info', 'warn', 'error'] as const;
type LogLevel = (typeof LEVELS)[number];

/** Where lines go: a stream, as much of one as a log needs. */
export interface LineSink {
  write(line: string): unknown;
}

export interface LogSettings {
  readonly sink: LineSink;
  readonly clock: Pick<Clock, 'now'>;
  /** The least important lines that are written. (Default: `info`) */
  readonly level?: LogLevel;
}

/** Creates a log that writes one JSON object a line: `{"at", "level", "message", …facts}`. */
export function createLog({ sink, clock, level: least = 'info' }: LogSettings): Log {
  const write =
    (level: LogLevel) => (message: string, facts?: Readonly<Record<string, unknown>>) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      const at = new Date(clock.now()).toISOString();
      sink.write(`${toLine({ ...facts, at, level, message }, { at, level, message })}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** A fact that is not JSON (a circle, say) costs the facts, never the line or the caller. */
function toLine(line: object, withoutFacts: object): string {
  try {
    return JSON.stringify(line, showValue);
  } catch {
    return JSON.stringify({ ...withoutFacts, facts: 'could not be written as JSON' });
  }
}

function showValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const code = 'code' in value ? { code: value.code } : {};
  return { name, ...code, message, stack, ...(cause === undefined ? {} : { cause }) };
}
