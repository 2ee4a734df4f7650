import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowSource } from '../../engine/index.ts';
import { readWorkflowFolder } from '../../server/host/workspace.ts';

/** The patterns, each in a folder of its own; with them lies a small core. */
export const PATTERNS = 'test/patterns';

/**
 * How far the language has a pattern, by the criteria that its authors published. `direct`: it meets
 * all of them with one part of the language. `idiom`: the author of a workflow has to put parts
 * together, or a criterion is met only in this form. `not supported`: it is not there.
 */
export const SUPPORTS = ['direct', 'idiom', 'not supported'] as const;

export type Support = (typeof SUPPORTS)[number];

/** One workflow control-flow pattern, as its folder shows it. */
export interface Pattern {
  /** Of WCP-1 to WCP-43. */
  readonly number: number;
  readonly title: string;
  readonly support: Support;
  /** Which part of the language it is, as one line. */
  readonly how: string;
  readonly folder: string;
  readonly source: WorkflowSource;
  readonly cases: string;
}

const FOLDER = /^(\d\d)-([a-z0-9-]+)$/u;
const HEAD = /^# WCP-(\d+) ([^:]+): (direct|idiom|not supported)$/u;

/** Reads all patterns, in the order of their numbers. */
export async function readPatterns(): Promise<readonly Pattern[]> {
  const folders = (await readdir(PATTERNS)).filter((name) => FOLDER.test(name)).sort();
  return Promise.all(folders.map(readPattern));
}

async function readPattern(folder: string): Promise<Pattern> {
  const [, number = '', name = ''] = FOLDER.exec(folder) ?? [];
  const source = await readWorkflowFolder(join(PATTERNS, folder), name);
  const guide = await readFile(join(PATTERNS, folder, 'README.md'), 'utf8');
  const [head = '', ...lines] = guide.trim().split('\n');
  const [, told, title = '', support] = HEAD.exec(head) ?? [];
  if (Number(told) !== Number(number)) {
    throw new Error(
      `${folder}/README.md must begin like "# WCP-${String(Number(number))} Name: direct".`,
    );
  }
  return {
    number: Number(number),
    title,
    support: support as Support,
    how: lines.join(' ').trim(),
    folder,
    source,
    cases: source.files['cases.yaml'] ?? '',
  };
}
