import type { FunctionDefinition } from './definition.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import { LIST_FUNCTIONS } from './lists.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import { OR_ELSE } from './or-else.ts';
import { TEXT_FUNCTIONS } from './texts.ts';

/** Every function of the expression language by name, in the order in which the docs list them. */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  [...DATE_FUNCTIONS, ...NUMBER_FUNCTIONS, ...LIST_FUNCTIONS, ...TEXT_FUNCTIONS, OR_ELSE].map(
    (definition) => [definition.name, definition],
  ),
);
