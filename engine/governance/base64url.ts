/**
 * The bytes of a text in base64url, where it is the one way to write them: no other characters, no
 * padding, no bits left over (RFC 4648, 3.5). Otherwise two texts could be the same signature.
 */
export function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
