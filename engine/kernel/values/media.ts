/** Every media type. */
const ANY = '*/*';
/** What a file field takes that says nothing of it. */
export const ACCEPT_ANY: readonly string[] = [ANY];
/** How big a file may be where its field says nothing of it. */
export const MOST_SIZE = '10 MB';

const MEDIA = /^(\*\/\*|[a-z]+\/(\*|[a-z0-9][a-z0-9.+-]{0,126}))$/;
const SIZE = /^([1-9]\d{0,5}) (kB|MB)$/;
const BYTES: Readonly<Record<string, number>> = { kB: 1000, MB: 1000 * 1000 };

/** Tells whether a text is a media type, or a family of them like `image/*`. */
export function isMediaType(text: string): boolean {
  return MEDIA.test(text);
}

/** Tells whether one media type (or all of a family) is among those of a type or a family. */
export function acceptsMedia(accept: string, type: string): boolean {
  if (accept === ANY || accept === type) return true;
  return accept.endsWith('/*') && type.startsWith(accept.slice(0, -1));
}

/** Reads a size as authors write it, in bytes: `10 MB`, `500 kB`; else `undefined`. */
export function readSize(text: string): number | undefined {
  const [, amount, unit = ''] = SIZE.exec(text) ?? [];
  const bytes = BYTES[unit];
  return amount === undefined || bytes === undefined ? undefined : Number(amount) * bytes;
}

/** Writes a number of bytes as people read it: `12 kB`, `1.5 MB`. */
export function showSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${Math.round(bytes / 100_000) / 10} MB`;
}
