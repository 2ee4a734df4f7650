import type { InventoryItem } from '../../desk/inventory.ts';
import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths, withQuery } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showShortTime } from '../texts/moment.ts';
import { plainText } from '../texts/names.ts';

/** Makes the inventory of workflows for those who keep the core. */
export function inventoryPage(
  model: { readonly items: readonly InventoryItem[]; readonly nextHref?: string },
  moment: ViewMoment,
): Page {
  const { items, nextHref } = model;
  return {
    template: 'pages/inventory',
    title: 'Workflows in use',
    area: 'core',
    model: {
      tabs: itTabs('inventory'),
      ...(nextHref === undefined ? {} : { nextHref }),
      workflows: items.map(({ workflow, name, version, release, running, ...item }) => ({
        title: plainText(workflow.title) ?? name,
        href: paths.workflow(name),
        team: workflow.team,
        version: { text: `version ${version}`, href: paths.workflowVersion(name, version) },
        release: { text: `release ${release}`, href: paths.release(release) },
        cases: `${running} running`,
        casesHref: withQuery(paths.cases, { workflow: name }),
        used: item.lastUsed === undefined ? undefined : showShortTime(item.lastUsed, moment),
        personal: item.personal.join(', '),
        personalHref: paths.workflowVersion(name, version),
        systems: item.systems.map((system) => ({
          system,
          href: `${paths.connectors}#${system}`,
        })),
      })),
    },
  };
}
