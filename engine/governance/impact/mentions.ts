import { readSource } from '../../kernel/definition/source.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import { MAIL } from '../../kernel/check/grant-check.ts';
import type { ChangedCore } from './changed-core.ts';

/** `oms.createOrder`, `core/create-order`, `Quote.netTotal`: a name, with what stands before it. */
const NAME = /[A-Za-z][\w-]*(?:[./][A-Za-z][\w-]*)*/g;

/**
 * The names that a workflow mentions in any place: more than those of the core that it uses, never
 * fewer, for it can use nothing of the core without naming it.
 */
export function mentionsOf({ text, files }: WorkflowSource): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of [text, ...escapedTexts(text), ...Object.values(files)]) {
    for (const [name] of part.matchAll(NAME)) {
      names.add(name);
      for (let at = name.indexOf('.'); at !== -1; at = name.indexOf('.', at + 1)) {
        names.add(name.slice(0, at));
      }
    }
  }
  if (names.has('messages')) names.add(MAIL);
  return names;
}

/** Tells whether a workflow uses anything that has changed; perhaps it does not, where it only may. */
export function usesChanged(mentions: ReadonlySet<string>, changed: ChangedCore): boolean {
  const { names, calendars, roles, all } = changed;
  const counts = mentions.has('business') || mentions.has('calendar');
  return (
    all ||
    [...names, ...roles].some((name) => mentions.has(name)) ||
    (counts && [...calendars].some((name) => name === 'default' || mentions.has(name)))
  );
}

/** Tells whether the rules differ that a workflow's check goes by. */
export function underChangedRules(mentions: ReadonlySet<string>, changed: ChangedCore): boolean {
  const { teams, roles, rules } = changed;
  return rules || roles.size > 0 || [...teams].some((team) => mentions.has(team));
}

/** All texts of a YAML that has an escape in it: there a name need not stand as it is. */
function escapedTexts(text: string): readonly string[] {
  if (!text.includes('\\')) return [];
  const found: string[] = [];
  const open: unknown[] = [readSource(text).value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') found.push(next);
    if (typeof next !== 'object' || next === null) continue;
    found.push(...Object.keys(next));
    open.push(...(Object.values(next) as unknown[]));
  }
  return found;
}
