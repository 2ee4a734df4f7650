import type { TimeView } from './texts/moment.ts';

/** The parts of the site that the navigation leads to. */
export type Area =
  | 'home'
  | 'inbox'
  | 'cases'
  | 'workflows'
  | 'incidents'
  | 'core'
  | 'grants'
  | 'erasure'
  | 'people'
  | 'demo-mails'
  | 'demo-faults';

/** What a page shows, before it is written as HTML. `model` is all that its template reads. */
export interface Page {
  /** The template's path below `templates/`, without `.hbs`. */
  readonly template: string;
  /** For the browser's tab, without the company's name. */
  readonly title: string;
  readonly model: object;
  readonly area?: Area;
  /** After how many seconds it is asked for again. (Default: never) */
  readonly refresh?: number;
}

/** What surrounds a page: who looks at it, and where they can go from it. */
export interface Frame {
  readonly company: string;
  readonly assets: PageAssets;
  /** Whoever signed in. */
  readonly person?: { readonly name: string };
  /** What the navigation offers, in its order. */
  readonly areas: readonly Area[];
  /** The host serves the bundled company: nothing that is done here is real. */
  readonly demo: boolean;
  /** The database was brought back from a backup, and effects are held back. */
  readonly held?: { readonly takenAt: TimeView; readonly mayRelease: boolean };
}

/** Addresses of what a page loads. */
export interface PageAssets {
  readonly stylesheet: string;
  readonly scripts: readonly string[];
}
