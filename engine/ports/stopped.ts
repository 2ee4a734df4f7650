import type { Visit } from '../kernel/effects.ts';
import type { Job, Step, Subscription } from './step.ts';

/** Tells whether a step calls off what works for this visit. */
export function isStopped(step: Step, visit: Visit | undefined): boolean {
  if (visit === undefined) return false;
  return isAmong(step.jobs.stop, visit);
}

/** Tells whether a step removes a stored job: its visit is called off, or its timer. */
export function isRemoved(step: Step, { visit, timer }: Pick<Job, 'visit' | 'timer'>): boolean {
  if (visit === undefined || isStopped(step, visit)) return visit !== undefined;
  return step.jobs.stopTimers.some((one) => one.timer === timer && isAmong([one], visit));
}

/** A visit that is named without an item is meant with all of its items. */
function isAmong(visits: readonly Visit[], { state, visit, item }: Visit): boolean {
  return visits.some(
    (one) =>
      one.state === state && one.visit === visit && (one.item === undefined || one.item === item),
  );
}

/** Tells whether what waits for messages in this visit waits no longer. */
export function isUnsubscribed(step: Step, visit: Visit): boolean {
  return isAmong(step.unsubscribe, visit) || isStopped(step, visit);
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
