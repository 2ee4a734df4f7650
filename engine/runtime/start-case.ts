import type { Actor } from '../kernel/effects.ts';
import type { Json } from '../kernel/json.ts';
import type { Beginning } from '../kernel/transition/begin.ts';
import { begin } from '../kernel/transition/begin.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import { defaultLanguage } from '../kernel/compile/mails.ts';
import type { FinishedJob, Link, StoredCase, Submission } from '../ports/step.ts';
import type { Definition } from './catalogue.ts';
import { momentOf } from './catalogue.ts';
import type { Draft } from './draft.ts';
import type { LinkTokens } from './link-tokens.ts';
import type { LoadedCase } from './loaded-case.ts';
import { onceFor } from './only-case.ts';

/** How long a customer's status page can be reached, in milliseconds. */
const STATUS_LINK_LIFE = 180 * 24 * 60 * 60 * 1000;

/** What is known of a case before its first step. */
export interface NewCase {
  readonly id: string;
  readonly reference: string;
  readonly starter: Actor;
  readonly beginning: Beginning;
  readonly parent?: StoredCase['parent'];
  /** The parent's job that asked for it. */
  readonly finishJob?: FinishedJob;
  readonly submission?: Submission;
  /** Ids of the files that its form gave. */
  readonly files?: readonly string[];
}

/** A case that no step has been saved of. */
export type FirstBefore = Pick<LoadedCase, 'stored' | 'definition'>;

/** Works out the first step of a case, or why it cannot begin. */
export function firstStep(
  definition: Definition,
  fresh: NewCase,
  now: number,
  tokens: LinkTokens,
): { readonly before: FirstBefore; readonly draft: Draft } | Refusal {
  const { id, reference, starter, beginning, parent } = fresh;
  const moment = momentOf(definition.core, now);
  const result = begin(definition.compiled, { id, reference, starter }, beginning, moment);
  if (result.kind === 'refused') return result;
  const stored = emptyCase(definition, fresh, now);
  const link: Link = {
    hash: tokens.hashOf(tokens.forStatus(id)),
    caseId: id,
    purpose: 'status',
    expiresAt: now + STATUS_LINK_LIFE,
  };
  const { version } = definition.published;
  const body = { reference, starter, beginning, version } as unknown as Json;
  const draft: Draft = {
    entry: { kind: 'started', actor: starter, body },
    result,
    links: parent === undefined ? [link] : [],
    ...(fresh.finishJob === undefined ? {} : { finishJobs: [fresh.finishJob] }),
    ...(fresh.files === undefined ? {} : { files: fresh.files }),
    ...(fresh.submission === undefined ? {} : { submission: fresh.submission }),
    ...(result.once === undefined
      ? {}
      : { once: onceFor(definition.published.name, result.once, { caseId: id, reference }, now) }),
  };
  return { before: { stored, definition }, draft };
}

function emptyCase({ published, compiled }: Definition, fresh: NewCase, now: number): StoredCase {
  return {
    id: fresh.id,
    workflow: published.name,
    workflowVersion: published.version,
    release: published.release,
    reference: fresh.reference,
    title: defaultLanguage(compiled.workflow.title),
    team: compiled.workflow.team,
    starter: fresh.starter,
    status: 'active',
    states: [],
    ...(fresh.parent === undefined ? {} : { parent: fresh.parent }),
    snapshot: '',
    version: 0,
    head: '',
    createdAt: now,
    updatedAt: now,
  };
}
