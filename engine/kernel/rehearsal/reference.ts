import type { Workflow } from '../definition/workflow.ts';

/** Fills the reference of the n-th case of a rehearsal. */
export function referenceOf(
  { reference }: Workflow,
  number: number,
  now: number,
  timeZone: string,
): string {
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(now);
  return reference.replaceAll('{year}', year).replaceAll('{number}', String(number));
}
