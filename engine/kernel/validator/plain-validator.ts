import { createValidator } from './validator.ts';

/**
 * Holds values against schemas that name no type. One for all: what it remembers of schemas is
 * bounded, and the same for everybody.
 */
export const PLAIN_VALIDATOR = createValidator(new Map());
