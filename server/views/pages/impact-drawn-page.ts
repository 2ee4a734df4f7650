import type { Hit, Proposal } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { HitMark } from '../statechart/marks.ts';
import type { TagView } from '../texts/tag.ts';
import { countOf } from '../texts/words.ts';
import type { DiagramView } from './diagram-view.ts';

export interface ImpactDrawnModel {
  readonly proposal: Pick<Proposal, 'number' | 'title'>;
  readonly name: string;
  readonly title: string;
  readonly version: number;
  /** Whether its check would refuse it. */
  readonly broken: boolean;
  readonly hits: readonly Hit[];
  readonly diagram: DiagramView;
  readonly stateName: (id: string) => string;
}

const TAGS: Readonly<Record<Hit['verdict'], TagView>> = {
  broken: { text: 'Broken', tone: 'red' },
  affected: { text: 'Affected', tone: 'yellow' },
};

/** Marks what is hit on the diagram; each mark leads to its entry in the list. */
export function hitMarks(hits: readonly Hit[]): readonly HitMark[] {
  return hits.flatMap(({ verdict, states, way }, index): readonly HitMark[] => {
    const href = `#${entryId(index)}`;
    if (way !== undefined) return [{ verdict, state: way.from, to: way.to, href }];
    return states.map((state) => ({ verdict, state, href }));
  });
}

/** Makes the page that shows on a workflow's diagram what a proposal does to it. */
export function impactDrawnPage(model: ImpactDrawnModel): Page {
  const { proposal, name, title, version, broken, hits, diagram } = model;
  const proposalHref = paths.proposal(proposal.number);
  return {
    template: 'pages/impact-drawn',
    title: `${title}: what “${proposal.title}” does to it`,
    area: 'core',
    model: {
      ...{ proposalHref, proposalText: `Proposal ${proposal.number}`, title, diagram },
      tag: TAGS[broken ? 'broken' : 'affected'],
      lead: `What “${proposal.title}” does to version ${version}`,
      workflowHref: paths.workflowVersion(name, version),
      verdict: broken
        ? 'Its check would refuse it on the new release, so that the proposal cannot be approved as it is.'
        : 'It uses what changes, and passes its check as before.',
      count: countOf(hits.length, 'place'),
      entries: hits.map((hit, index) => entryOf(hit, index, model)),
    },
  };
}

function entryOf(
  { verdict, states, way, file, position, kind, text, what }: Hit,
  index: number,
  { name, version, stateName }: ImpactDrawnModel,
): object {
  const line = position === undefined ? '' : `:${position.line}`;
  const isMain = file.endsWith('/workflow.yaml') && position !== undefined;
  const href = paths.workflowVersion(name, version);
  return {
    id: entryId(index),
    tag: TAGS[verdict],
    place: `${file}${line}`,
    ...(isMain ? { href: `${href}#line-${position.line}` } : {}),
    where: placeOf(states, way, stateName),
    text,
    isUse: kind === 'use',
    what,
  };
}

function placeOf(
  states: readonly string[],
  way: Hit['way'],
  stateName: (id: string) => string,
): string {
  if (way !== undefined) return `The way from “${stateName(way.from)}” to “${stateName(way.to)}”`;
  if (states.length === 0) return 'No state of its own';
  return states.map((id) => `“${stateName(id)}”`).join(', ');
}

function entryId(index: number): string {
  return `hit-${index + 1}`;
}
