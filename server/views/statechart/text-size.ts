/** Widths in em of a wide system typeface, so that a narrower one leaves some air. */
const NARROW = new Set("iIjl.,:;'|!()[] ftr");
const WIDE = new Set('mwMWQOGD@%&—…');

/** Estimates how many pixels a line of text needs: nothing can be measured where pages are made. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const letter of text) em += NARROW.has(letter) ? 0.36 : WIDE.has(letter) ? 0.86 : 0.6;
  return Math.ceil(em * size);
}

/** Breaks a text at its spaces into at most two lines of about `most` letters; the rest becomes `…`. */
export function twoLines(text: string, most: number): readonly string[] {
  if (text.length <= most) return [text];
  const at = text.lastIndexOf(' ', most);
  const first = at > 0 ? text.slice(0, at) : text.slice(0, most);
  const rest = text.slice(first.length).trim();
  return [first, rest.length <= most ? rest : `${rest.slice(0, most - 1).trimEnd()}…`];
}
