import type { Page } from '../page.ts';

/** What one team was granted by one line of the policies. */
export interface GrantItem {
  readonly team: string;
  readonly limits: string;
  /** Operations and messages, each with where it is revoked or restored. */
  readonly parts: readonly {
    readonly name: string;
    readonly state: string;
    readonly isRevoked: boolean;
    readonly href: string;
    readonly label: string;
  }[];
  readonly writes: string;
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
