import { readFileSync, readdirSync } from 'node:fs';
import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';

const FOLDER = 'test/kernel/definition/fixtures';
const EXPECTED = /^# Expected: (?:no problem|(\S+) in line (\d+))$/gm;

/** A small workflow that breaks one rule, and what its header says is to be found. */
export interface Fixture {
  readonly file: string;
  readonly source: WorkflowSource;
  /** `CODE in line N`, in the order in which they are reported. */
  readonly expected: readonly string[];
}

/** Reads every fixture of the definition. */
export function readFixtures(): readonly Fixture[] {
  return readdirSync(FOLDER).map((file) => {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const headers = [...text.matchAll(EXPECTED)];
    if (headers.length === 0) throw new Error(`${file} does not say what is expected`);
    return {
      file,
      source: { name: 'small', text, files: { 'reminder.hbs': 'Hello' } },
      expected: headers.flatMap(([, code, line]) =>
        code === undefined ? [] : [`${code} in line ${line ?? ''}`],
      ),
    };
  });
}
