import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { lookup } from 'mime-types';

/** How many bytes of a file are looked at to see what it is. */
export const HEAD_BYTES = 64 * 1024;

/** Documents that are containers: their first bytes say so, and their name which they are. */
const CONTAINERS: ReadonlyMap<string, RegExp> = new Map([
  ['application/zip', /^application\/(vnd\.(openxmlformats|oasis)|epub|zip|x-zip|java-archive)/],
  ['application/x-cfb', /^application\/(msword|vnd\.ms-|vnd\.visio|x-cfb)/],
  ['application/xml', /^(application|text|image)\/(.+\+)?xml$/],
]);

/** Kinds of content that always begin with bytes of their own. */
const MARKED =
  /^(image\/(?!svg)|audio\/|video\/|font\/|application\/(pdf|zip|gzip|x-7z|vnd\.|msword|epub))/;

/**
 * Finds out what a file is: by its first bytes, not by what the browser says. Where such content has
 * no bytes that mark it (texts), its name and the browser must agree. Answers `undefined` where they
 * do not, or where it is not what it is called.
 */
export async function mediaTypeOf(
  head: Uint8Array,
  fileName: string,
  declared: string,
): Promise<string | undefined> {
  const named = lookup(extname(fileName)) || undefined;
  const found = (await fileTypeFromBuffer(head))?.mime.split(';', 1)[0];
  if (found === undefined) return unmarked(head, named, declared);
  const isInside = named !== undefined && CONTAINERS.get(found)?.test(named) === true;
  return isInside ? named : found;
}

/** What has no bytes that mark it is what its name says, if the browser agrees. */
function unmarked(
  head: Uint8Array,
  named: string | undefined,
  declared: string,
): string | undefined {
  if (named === undefined) return isUnknown(declared) ? 'application/octet-stream' : undefined;
  if (MARKED.test(named) || head.includes(0)) return undefined;
  return named === declared || isUnknown(declared) ? named : undefined;
}

function isUnknown(declared: string): boolean {
  return declared === '' || declared === 'application/octet-stream';
}
