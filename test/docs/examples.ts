import { parse, stringify } from 'yaml';
import { loadCore, readCore } from '../../engine/index.ts';
import type { LoadedCore, WorkflowSource } from '../../engine/index.ts';
import { readCoreFiles } from '../../server/host/workspace.ts';
import type { Block } from './guide.ts';

/** The core of the bundled company. */
export async function bundledCore(): Promise<LoadedCore> {
  const { core } = readCore(await readCoreFiles('.'));
  if (core === undefined) throw new Error('The bundled core has errors.');
  return loadCore(core, `${core.settings.line}.1`);
}

/** A part of a workflow that a guide shows, made whole. */
interface Example {
  readonly source: WorkflowSource;
  readonly heading: string;
  readonly line: number;
}

type Part = Readonly<Record<string, unknown>>;

/** Puts the parts that a guide shows into the frame that it shows before them. */
export function examplesIn(blocks: readonly Block[]): readonly Example[] {
  const yaml = blocks.filter(({ language }) => language === 'yaml');
  const start = yaml.findIndex(({ text }) => text.startsWith('workflow: example'));
  const frame = parse(yaml[start]?.text ?? '') as Part;
  const files = filesIn(blocks);
  return yaml
    .slice(start)
    .filter(({ text }) => !text.startsWith('- case'))
    .map(({ text, heading, line }) => {
      const whole = merge(frame, parse(text) as Part);
      const source = { name: 'example', text: stringify(whole), files: filesOf(whole, files) };
      return { source, heading, line };
    });
}

/** `states` of a part take the place of the frame's; all else is added to it. */
function merge(frame: Part, part: Part): Part {
  const added = Object.entries(part).map(([key, value]) => {
    const isAdded = key !== 'states' && typeof value === 'object';
    return [key, isAdded ? { ...(frame[key] as object | undefined), ...value } : value] as const;
  });
  return { ...frame, ...Object.fromEntries(added) };
}

function filesIn(blocks: readonly Block[]): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { before, text } of blocks) {
    const name = /`([a-z-]+\.hbs)`:$/.exec(before)?.[1];
    if (name !== undefined) files[name] = text;
  }
  return files;
}

/** The texts that the guide shows; what it only names stands for any text. */
function filesOf(whole: Part, shown: Readonly<Record<string, string>>): Record<string, string> {
  const messages = Object.values((whole['messages'] ?? {}) as Readonly<Record<string, Part>>);
  return Object.fromEntries(
    messages.map(({ body }) => [String(body), shown[String(body)] ?? 'About {{reference}}']),
  );
}
