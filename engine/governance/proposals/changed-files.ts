import type { ChangedFiles } from './proposal.ts';

type Files = ReadonlyMap<string, string>;

/** Tells which files differ, with what they hold after; `null` for those that are gone. */
export function changedFiles(before: Files, after: Files): ChangedFiles {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return Object.fromEntries(
    paths
      .filter((path) => before.get(path) !== after.get(path))
      .map((path) => [path, after.get(path) ?? null]),
  );
}

/** The files after a change. */
export function applyChange(before: Files, change: ChangedFiles): Files {
  const after = new Map(before);
  for (const [path, text] of Object.entries(change)) {
    if (text === null) after.delete(path);
    else after.set(path, text);
  }
  return after;
}

/**
 * Tells which files a change touches that another release has changed since the one that it was made
 * on: there it cannot be put on the newer release without somebody's looking at both.
 */
export function collisions(base: Files, newer: Files, change: ChangedFiles): readonly string[] {
  const meanwhile = changedFiles(base, newer);
  return Object.keys(change).filter(
    (path) => Object.hasOwn(meanwhile, path) && meanwhile[path] !== change[path],
  );
}
