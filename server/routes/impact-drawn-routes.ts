import { TrellisError, hitsOf } from '../../engine/index.ts';
import type { ArtefactImpact, Definition, ProposalLook } from '../../engine/index.ts';
import { hitMarks, impactDrawnPage } from '../views/pages/impact-drawn-page.ts';
import { namesOf, plainText } from '../views/texts/names.ts';
import { numberOf } from './proposal-fields.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

/** A proposal, and what it does to one workflow. */
interface Drawn {
  readonly look: ProposalLook;
  readonly impact: ArtefactImpact;
  readonly definition: Definition;
}

/** What a proposal does to one workflow, drawn on its diagram: one at a time, however many it hits. */
export function impactDrawnRoutes(site: Site): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/it/proposals/:number/workflows/:name',
      action: 'core.see',
      load: ({ parameters }) => load(site, parameters['number'] ?? '', parameters['name'] ?? ''),
      subject: () => ({}),
      handle: (request) => draw(site, request),
    }),
  ];
}

/** @throws `TrellisError` with code `no-proposal`, or `no-workflow` for one that it does not touch. */
async function load({ host }: Site, number: string, name: string): Promise<Drawn> {
  const look = await host.proposals.look(numberOf(number));
  const { broken = [], behind = [], affected = [] } = look.judgement ?? {};
  const impact = [...broken, ...behind, ...affected].find(
    (one) => one.kind === 'workflow' && one.name === name,
  );
  if (impact?.version === undefined) {
    throw new TrellisError(
      'no-workflow',
      `As far as it is known, proposal ${look.proposal.number} does nothing to "${name}".`,
    );
  }
  return { look, impact, definition: await host.catalogue.version(name, impact.version) };
}

async function draw(
  site: Site,
  { subject: { look, impact, definition }, visitor }: RouteRequest<Drawn>,
): Promise<Reply> {
  const { published, compiled } = definition;
  const { workflow } = compiled;
  const hits = hitsOf(impact, workflow, published.source.text);
  const marks = { current: [], visited: [], hits: hitMarks(hits) };
  const names = namesOf(workflow);
  const page = impactDrawnPage({
    proposal: look.proposal,
    name: published.name,
    title: plainText(workflow.title) ?? published.name,
    version: published.version,
    broken: impact.verdict === 'broken',
    hits,
    diagram: await site.diagrams.of(workflow, marks),
    stateName: (id) => names.state(id),
  });
  return show(site, visitor, page);
}
