import { authorize } from '../../engine/index.ts';
import type { Admitted, Definition } from '../../engine/index.ts';
import { admittedBy } from '../desk/admitted-by.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { StartItem } from '../views/pages/home-page.ts';
import { homePage } from '../views/pages/home-page.ts';
import { paths } from '../views/paths.ts';
import { plainText } from '../views/texts/names.ts';
import { asWords } from '../views/texts/words.ts';
import { countTasks } from './inbox-routes.ts';
import type { Route } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { businessWorkflows, show } from './site.ts';

/** The first page: what can I start? */
export function homeRoutes(site: Site): readonly Route[] {
  return [
    route({
      method: 'get',
      path: paths.home,
      action: 'home.see',
      ...nothing,
      handle: async ({ visitor }) => {
        const look = await site.host.engine.inForce.current();
        const all = await businessWorkflows(site);
        const definitions = all.filter(
          ({ published }) => look.retired(published.name) === undefined,
        );
        const now = site.host.clock.now();
        const starts = definitions.flatMap((definition) => startItems(definition, visitor, now));
        const { user } = visitor;
        const counts =
          user === undefined ? undefined : await countTasks(site, { user, actor: visitor.actor });
        const page = homePage({
          company: site.host.core.view.company,
          starts,
          ...(counts === undefined ? {} : { waiting: counts }),
        });
        return show(site, visitor, page);
      },
    }),
  ];
}

function startItems(definition: Definition, { actor }: Visitor, now: number): readonly StartItem[] {
  const { published, compiled } = definition;
  const { workflow } = compiled;
  return workflow.starts.flatMap((start) => {
    if (start.kind !== 'form') return [];
    const audience = admittedBy(definition, start.name, now);
    if (!authorize(actor, 'case.start', { audience }).allowed) return [];
    const form = workflow.forms.find(({ name }) => name === start.form);
    return [
      {
        title: plainText(form?.title) ?? asWords(start.form),
        workflow: plainText(workflow.title) ?? workflow.name,
        href: paths.start(published.name, start.name),
        ...forWhom(start.name, audience),
      },
    ];
  });
}

function forWhom(start: string, audience: Admitted): { readonly forWhom?: string } {
  if (audience.kind !== 'roles') return {};
  const roles = audience.roles.map((role) => asWords(role).toLowerCase());
  return { forWhom: `${asWords(start)}, for ${roles.join(' or ')}` };
}
