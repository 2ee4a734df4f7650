import { TrellisError } from '../errors.ts';
import type { Environment } from './expression.ts';

/** What one evaluation works with. */
export interface Frame {
  readonly environment: Environment;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The items that `lines.all(l, …)` and the like are at, by slot. */
  readonly locals: unknown[];
  fuel: number;
}

/** The steps that one evaluation may take. */
export const FUEL = 10_000;

/** How many characters of text cost one step. */
const CHARACTERS = 100;

/** Makes the frame of one evaluation. */
export function makeFrame(environment: Environment, fuel: number): Frame {
  return { environment, variables: environment.variables, locals: [], fuel };
}

/**
 * Takes fuel for visiting items.
 * @throws `TrellisError` with code `fuel` when there is none left.
 */
export function spend(frame: Frame, steps: number): void {
  frame.fuel -= steps;
  if (frame.fuel < 0) {
    throw new TrellisError(
      'fuel',
      'The formula takes too many steps for these values. Make its lists shorter, or split it.',
    );
  }
}

/** Takes fuel for reading or making a text. */
export function spendText(frame: Frame, text: string): string {
  if (text.length >= CHARACTERS) spend(frame, Math.floor(text.length / CHARACTERS));
  return text;
}
