import type { AccessActor, CaseLook, State } from '../../engine/index.ts';
import type { StatusModel, StatusStep } from '../views/pages/status-page.ts';
import { caseTag } from '../views/texts/tag.ts';
import { showTime } from '../views/texts/moment.ts';
import { plainText } from '../views/texts/names.ts';
import { asWords } from '../views/texts/words.ts';
import { paths } from '../views/paths.ts';
import { sentData } from './shown-data.ts';
import { stateName } from './state-name.ts';

interface Viewing {
  readonly now: number;
  readonly actor: AccessActor;
  /** Where the customer can answer, while something is asked of them. */
  readonly answerHref?: string;
  /** What they may press where the case is now. */
  readonly buttons: StatusModel['buttons'];
}

/**
 * Tells a customer where their case stands: that it came in, the milestones it has reached, and
 * what is happening now. States without a milestone are the house's own business.
 */
export function statusView(look: CaseLook, viewing: Viewing): StatusModel {
  const { stored, definition } = look;
  const { workflow } = definition.compiled;
  const moment = { now: viewing.now, timeZone: definition.core.view.timeZone };
  const received: StatusStep = {
    title: 'We received your request',
    stage: 'done',
    at: showTime(stored.createdAt, moment),
  };
  return {
    title: plainText(workflow.title) ?? workflow.name,
    reference: stored.reference,
    tag: caseTag(stored),
    steps: [received, ...milestones(look), nowStep(look, viewing)],
    next: whatNext(look, viewing),
    ...(viewing.answerHref === undefined
      ? {}
      : { answer: { label: 'Answer', href: viewing.answerHref } }),
    buttons: viewing.buttons,
    sent: sentData(look, viewing.actor, paths.statusFile),
  };
}

function milestones({ definition, visits }: CaseLook): readonly StatusStep[] {
  return [...definition.compiled.states.values()]
    .filter(({ id, milestone }) => milestone !== undefined && (visits[id] ?? 0) > 0)
    .map(({ milestone }) => ({ title: plainText(milestone) ?? '', stage: 'done' }));
}

function nowStep(look: CaseLook, { now }: Viewing): StatusStep {
  const { stored, definition } = look;
  if (stored.status === 'finished') {
    const moment = { now, timeZone: definition.core.view.timeZone };
    const title = stored.outcome === undefined ? 'Finished' : asWords(stored.outcome);
    return { title, stage: 'done', at: showTime(stored.updatedAt, moment) };
  }
  if (stored.status === 'undoing') return { title: 'Taking earlier steps back', stage: 'current' };
  const titles = stored.states
    .filter((id) => definition.compiled.states.get(id)?.kind !== 'final')
    .map((id) => stateName(look, id));
  const title = [...new Set(titles)].join(', ');
  if (look.queued.length === 0) return { title, stage: 'current' };
  return { title, stage: 'current', text: 'It waits for its turn: others came before.' };
}

function whatNext({ stored, definition, queued }: CaseLook, { answerHref }: Viewing): string {
  if (stored.status === 'finished') return 'There is nothing more for you to do.';
  if (answerHref !== undefined) return 'We are waiting for your answer.';
  const asked = stored.states.some(
    (id) => isAsk(definition.compiled.states.get(id)) && !queued.includes(id),
  );
  if (!asked && stored.states.every((id) => queued.includes(id))) {
    return 'Your request waits for its turn, and goes on as soon as a place is free. You need not do anything.';
  }
  return asked
    ? 'We sent you a mail with a link. Please use it to answer.'
    : 'We are working on it, and will write to you when there is news. You need not do anything.';
}

function isAsk(state: State | undefined): boolean {
  return state?.kind === 'ask';
}
