const LONGEST = 120;
/** What cannot be seen, and what is special in the names of files somewhere. */
const STRANGE = /[\p{C}\u2028\u2029"*/:<>?\\|]/gu;

/** The name under which a file is kept: without folders, control characters, and not too long. */
export function safeFileName(written: string): string {
  // Browsers write these three in place of characters that would end the name.
  const own =
    written
      .replace(/%(22|0[AD])/giu, '')
      .split(/[\\/]/u)
      .at(-1) ?? '';
  const clean = own.normalize('NFC').replace(STRANGE, '').replace(/\s+/gu, ' ').trim();
  const name = clean.replace(/^\.+/u, '');
  if (name.length <= LONGEST) return name === '' ? 'file' : name;
  const ending = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? '';
  // Half a character is none.
  return name.slice(0, LONGEST - ending.length).replace(/[\uD800-\uDBFF]$/, '') + ending;
}
