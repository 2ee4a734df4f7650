import type { LiveCase } from '../kernel/transition/live-case.ts';
import type { StoredCase } from '../ports/step.ts';
import type { Definition } from './catalogue.ts';

/** A case in memory with the definition that it runs on. */
export interface LoadedCase {
  readonly stored: StoredCase;
  readonly live: LiveCase;
  readonly definition: Definition;
}
