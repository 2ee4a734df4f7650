/** A piece of a mail's text: plain, or an address to follow. */
export interface MailPiece {
  readonly text: string;
  readonly href?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"']+/gu;

/** Takes a mail's text apart at the addresses in it. Only `http` and `https` become links. */
export function mailPieces(text: string): readonly MailPiece[] {
  const pieces: MailPiece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    // What ends a sentence does not belong to the address before it.
    const href = found.replace(/[.,;:!?)\]]+$/u, '');
    if (index > end) pieces.push({ text: text.slice(end, index) });
    pieces.push({ text: href, href });
    end = index + href.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
