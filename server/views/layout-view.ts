import type { TrustedHtml } from './html.ts';
import type { Area, Frame, Page, PageAssets } from './page.ts';
import { paths } from './paths.ts';
import type { TimeView } from './texts/moment.ts';

/** What the template `layout` reads. */
export interface LayoutView {
  readonly title: string;
  readonly company: string;
  readonly homeHref: string;
  readonly assets: PageAssets;
  readonly links: readonly NavigationLink[];
  readonly person?: { readonly name: string };
  readonly signInHref: string;
  readonly signOutHref: string;
  readonly demo: boolean;
  readonly held?: { readonly takenAt: TimeView; readonly effectsHref?: string };
  readonly content: TrustedHtml;
}

interface NavigationLink {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

const AREAS: Readonly<Record<Area, { readonly label: string; readonly href: string }>> = {
  home: { label: 'Start something', href: paths.home },
  inbox: { label: 'Inbox', href: paths.inbox() },
  cases: { label: 'Cases', href: paths.cases },
  workflows: { label: 'Workflows', href: paths.workflows },
  incidents: { label: 'Incidents', href: paths.incidents },
  core: { label: 'Core', href: paths.types },
  grants: { label: 'Grants', href: paths.grants },
  erasure: { label: 'Erasure', href: paths.erasure },
  people: { label: 'People', href: paths.people },
  'demo-mails': { label: 'Demo mails', href: paths.demoMails },
  'demo-faults': { label: 'Demo faults', href: paths.demoFaults },
};

/** Makes what surrounds a page. */
export function layoutView(page: Page, frame: Frame, content: TrustedHtml): LayoutView {
  const { company, assets, person, areas, demo, held } = frame;
  return {
    title: `${page.title} – ${company}`,
    company,
    homeHref: paths.home,
    assets,
    links: areas.map((area) => ({ ...AREAS[area], current: area === page.area })),
    ...(person === undefined ? {} : { person }),
    signInHref: paths.signIn,
    signOutHref: paths.signOut,
    demo,
    ...(held === undefined
      ? {}
      : {
          held: {
            takenAt: held.takenAt,
            ...(held.mayRelease ? { effectsHref: paths.effects } : {}),
          },
        }),
    content,
  };
}
