/** `backward`: what was right before is right after. `forward`: the other way round. */
export type Direction = 'backward' | 'forward';

/** What the `compatibility` of a type promises about its later releases. */
export interface Mode {
  readonly directions: readonly Direction[];
  /** Whether every earlier release counts, and not the last alone. */
  readonly isTransitive: boolean;
  readonly isFrozen: boolean;
}

const DIRECTIONS: Readonly<Record<string, readonly Direction[]>> = {
  backward: ['backward'],
  forward: ['forward'],
  full: ['backward', 'forward'],
  frozen: ['backward', 'forward'],
};

/** Reads the `compatibility` of a type. A frozen type is kept from breaking through others as `full` is. */
export function readMode(compatibility: string): Mode {
  const name = compatibility.replace(/-transitive$/, '');
  return {
    directions: DIRECTIONS[name] ?? [],
    isTransitive: name !== compatibility,
    isFrozen: name === 'frozen',
  };
}
