import { paths } from './paths.ts';

/** The parts of the console of those who keep the core. */
export type ItTab =
  'inventory' | 'types' | 'connectors' | 'proposals' | 'releases' | 'audit' | 'key';

const TABS: Readonly<Record<ItTab, { readonly label: string; readonly href: string }>> = {
  types: { label: 'Types', href: paths.types },
  connectors: { label: 'Connectors', href: paths.connectors },
  inventory: { label: 'Workflows in use', href: paths.inventory },
  proposals: { label: 'Proposals', href: paths.proposals },
  releases: { label: 'Releases', href: paths.releases },
  audit: { label: 'Audit', href: paths.audit },
  key: { label: 'Your key', href: paths.ownKey },
};

/** Makes the tabs of the console, for `parts/it-tabs`. */
export function itTabs(current: ItTab): readonly object[] {
  return Object.entries(TABS).map(([name, tab]) => ({ ...tab, current: name === current }));
}
