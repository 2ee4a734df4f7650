/** Makes a name of the language into words: `rep-review` → `Rep review`, `poNumber` → `Po number`. */
export function asWords(name: string): string {
  const last = name.split('/').at(-1) ?? name;
  const words = last
    .replaceAll(/[-_.]+/gu, ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, ' ')
    .trim()
    .toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Says how many there are of something: `1 task`, `3 tasks`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-IE')} ${count === 1 ? one : many}`;
}

/** Says which one it is of several: `1st`, `12th`. */
export function ordinal(number: number): string {
  const form = new Intl.PluralRules('en', { type: 'ordinal' }).select(number);
  const ending = { one: 'st', two: 'nd', few: 'rd' }[form as 'one' | 'two' | 'few'] as
    string | undefined;
  return `${number.toLocaleString('en-IE')}${ending ?? 'th'}`;
}

/** Names those who may do something by their roles: `Sales rep or order desk`. */
export function rolesText(roles: readonly string[]): string {
  if (roles.length === 0) return 'One person';
  return roles
    .map((role, index) => (index === 0 ? asWords(role) : asWords(role).toLowerCase()))
    .join(' or ');
}
