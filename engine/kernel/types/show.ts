import type { ValueType } from './value-type.ts';

const MOST_CHOICES = 10;

/** Writes a type as people read it: `decimal (may be empty)`, `list of QuoteLine`. */
export function showType(type: ValueType): string {
  const name = showKind(type);
  return type.mayBeEmpty && type.kind !== 'empty' ? `${name} (may be empty)` : name;
}

/** Writes what kind of value a type has, without its emptiness. */
export function showKind(type: ValueType): string {
  switch (type.kind) {
    case 'list':
      return type.of.kind === 'empty' ? 'list' : `list of ${showKind(type.of)}`;
    case 'object':
      return type.name ?? 'object';
    case 'one of':
      return `one of ${showChoices(type.choices)}`;
    case 'empty':
      return 'empty';
    default:
      return type.kind;
  }
}

/** Writes the allowed values: `key, oem, retail`. */
export function showChoices(choices: readonly (string | number)[]): string {
  const shown = choices.slice(0, MOST_CHOICES).join(', ');
  return choices.length > MOST_CHOICES ? `${shown}, …` : shown;
}
