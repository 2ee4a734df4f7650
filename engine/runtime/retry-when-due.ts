import { refusal } from '../kernel/transition/step-result.ts';
import type { Incidents } from '../ports/jobs.ts';
import type { ClaimedJob, Incident, Job, StoredCase } from '../ports/step.ts';
import type { Draft } from './draft.ts';
import { SYSTEM } from './draft.ts';
import { textIn } from './payload.ts';
import type { Steps } from './steps.ts';

interface Parts {
  readonly incidents: Pick<Incidents, 'open'>;
  readonly steps: Pick<Steps, 'take'>;
}

/**
 * The job that has the incident of `job` tried again at a time (epoch milliseconds), unless it is
 * resolved by then. It is called off with the visit that the work is for.
 */
export function retryWhenDue(
  job: ClaimedJob,
  code: string,
  runAt: number,
  { id: caseId, version }: Pick<StoredCase, 'id' | 'version'>,
): Job {
  return {
    // The step of an incident has no effects of its own: this is the first key that it could give.
    id: `${caseId}/${version + 1}/1`,
    caseId,
    kind: 'retry',
    ...(job.visit === undefined ? {} : { visit: job.visit }),
    payload: { incident: job.id, code, unsure: job.tries > 1 },
    runAt,
  };
}

/** Has an incident tried again whose time has come; one that ended, or is about something else, is left. */
export async function retryDue({ incidents, steps }: Parts, job: ClaimedJob): Promise<'finish'> {
  const id = textIn(job, 'incident');
  await steps.take(job.caseId, async () => {
    const incident = await incidents.open(id);
    if (incident?.code === textIn(job, 'code')) return draftOf(incident, job);
    return refusal('stale', 'The incident is not open any more.');
  });
  return 'finish';
}

/** Nobody has looked at it: where an earlier try may have succeeded, nobody vouches that it did not. */
function draftOf({ id, job: work }: Incident, job: ClaimedJob): Draft {
  const unsure = job.payload['unsure'] === true;
  const payload = { ...work.payload, ...(unsure && { vouched: false, unsure: true }) };
  return {
    entry: {
      kind: 'retried',
      actor: SYSTEM,
      body: { jobs: [id], reason: 'The time has come from which it may go on.' },
    },
    addJobs: [{ ...work, payload, runAt: job.runAt }],
    finishJobs: [{ id: job.id, attempts: job.attempts }],
    resolveIncidents: [id],
  };
}
