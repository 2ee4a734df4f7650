import type { Output } from '../../server/cli/output.ts';

/** What a command said. */
interface Said extends Output {
  readonly lines: string[];
  readonly results: unknown[];
}

/** An output that keeps what is said. */
export function listen(): Said {
  const lines: string[] = [];
  const results: unknown[] = [];
  return {
    json: false,
    lines,
    results,
    line: (text = '') => {
      lines.push(text);
    },
    result: (value) => {
      results.push(value);
    },
    guard: () => Promise.reject(new Error('No command guards itself.')),
  };
}
