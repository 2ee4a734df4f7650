/** A name as people read it: `rep-review` is *Rep review*. */
export function asWords(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
