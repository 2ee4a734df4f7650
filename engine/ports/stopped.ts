import type { Visit } from '../kernel/effects.ts';
import type { Job, Step, Subscription } from './step.ts';

/** Tells whether a step calls off what works for this visit. */
export function isStopped(step: Step, visit: Visit | undefined): boolean {
  if (visit === undefined) return false;
  return step.jobs.stop.some(
    (stopped) => stopped.state === visit.state && stopped.visit === visit.visit,
  );
}

/** The jobs that a step adds: a visit that it entered and left again leaves nothing behind. */
export function addedJobs(step: Step): readonly Job[] {
  if (step.jobs.stop.length === 0) return step.jobs.add;
  return step.jobs.add.filter(({ visit }) => !isStopped(step, visit));
}

/** The subscriptions that a step adds, by the same rule as {@link addedJobs}. */
export function addedSubscriptions(step: Step): readonly Subscription[] {
  if (step.jobs.stop.length === 0) return step.subscribe;
  return step.subscribe.filter((subscription) => !isStopped(step, subscription));
}
