/** Names further away than this are no suggestion. */
const FURTHEST = 3;
/** Longer names are not compared: no name of a definition is that long. */
const LONGEST = 64;

/**
 * Finds the name that was probably meant: the nearest by letters to insert, change or leave out,
 * whatever their case. A word of a name counts too, so that `totl` finds `netTotal`.
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const limit = Math.min(FURTHEST, Math.ceil(typed.length / 2));
  let nearest: string | undefined;
  let best = limit + 1;
  if (typed.length > LONGEST) return undefined;
  for (const name of names) {
    const away = distanceToName(typed, name);
    if (away < best && away < Math.max(typed.length, 2)) [best, nearest] = [away, name];
  }
  return nearest;
}

function distanceToName(typed: string, name: string): number {
  if (name.length > LONGEST) return Infinity;
  const words = name.split(/(?=[A-Z])|[-_. ]/).filter((word) => word.length > 2);
  const lower = typed.toLowerCase();
  const toWords = words.length < 2 ? [] : words.map((word) => 1 + distance(lower, word));
  return Math.min(distance(lower, name), ...toWords);
}

/** The Levenshtein distance, one row at a time. */
function distance(typed: string, other: string): number {
  const name = other.toLowerCase();
  let row = Array.from({ length: name.length + 1 }, (_, index) => index);
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= name.length; j++) {
      const change = (row[j - 1] ?? 0) + (typed[i - 1] === name[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[name.length] ?? 0;
}
