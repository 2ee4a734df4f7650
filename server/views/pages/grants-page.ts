import type { Page } from '../page.ts';

/** What one team was granted by one line of the policies. */
export interface GrantItem {
  readonly team: string;
  readonly limits: string;
  /** Operations, messages and fields to write, each with where it is revoked or restored. */
  readonly parts: readonly {
    readonly name: string;
    /** It may be written. (Default: it may be called, or received) */
    readonly isField?: true;
    readonly state: string;
    readonly isRevoked: boolean;
    readonly href: string;
    readonly label: string;
  }[];
}

/** Makes the list of what teams were granted. */
export function grantsPage(model: {
  readonly release: string;
  readonly grants: readonly GrantItem[];
  readonly whole: readonly {
    readonly team: string;
    readonly href: string;
    readonly label: string;
  }[];
}): Page {
  return { template: 'pages/grants', title: 'Grants', area: 'grants', model };
}
