import type { Settings } from '../../server/settings.ts';

/** What the harness tells a host's process. */
export type Order =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly settings: Settings;
      /** Milliseconds that a claim holds. (Default: what suits the connectors) */
      readonly lease?: number;
      /** Milliseconds by which the clock of its machine is ahead. (Default: 0) */
      readonly ahead?: number;
      /** The file that what it holds is written to. (Default: nowhere) */
      readonly heldFile?: string;
      /** The bugs that are planted in it, by name. */
      readonly planted: readonly string[];
    }
  /** Dies, or freezes, at the `nth` time that it comes to a point from now on. */
  | {
      readonly kind: 'arm';
      readonly point: string;
      readonly nth: number;
      readonly signal: 'SIGKILL' | 'SIGSTOP';
    }
  /** Sets the clock of its machine. */
  | { readonly kind: 'set clock'; readonly ahead: number }
  /** Stops as if told by SIGTERM. */
  | { readonly kind: 'stop' };

/** What a host's process tells the harness. */
export type Word = { readonly kind: 'standing by' } | { readonly kind: 'open' };
