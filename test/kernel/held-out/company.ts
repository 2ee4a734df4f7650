import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCore, readCore } from '../../../engine/index.ts';
import type { LoadedCore, WorkflowSource } from '../../../engine/index.ts';
import { readCoreFiles } from '../../../server/host/workspace.ts';

/** A company of its own: workflows that were written from the description of the language alone. */
const COMPANY = 'test/kernel/held-out/company';

export async function companyCore(): Promise<LoadedCore> {
  const { core, problems } = readCore(await readCoreFiles(COMPANY));
  if (core === undefined) throw new Error(problems[0]?.message ?? 'The core has errors.');
  return loadCore(core, `${core.settings.line}.1`);
}

export interface Written {
  readonly source: WorkflowSource;
  /** The test cases beside it. */
  readonly cases: string;
}

/** All workflows of the company, by their name. */
export async function companyWorkflows(): Promise<readonly Written[]> {
  const folder = join(COMPANY, 'workflows');
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map((name) => readWritten(join(folder, name), name)));
}

async function readWritten(folder: string, name: string): Promise<Written> {
  const found = await readdir(folder);
  const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
  const texts = found.filter((file) => file.endsWith('.hbs'));
  const files = await Promise.all(texts.map(async (file) => [file, await read(file)] as const));
  return {
    source: { name, text: await read('workflow.yaml'), files: Object.fromEntries(files) },
    cases: await read('cases.yaml'),
  };
}
