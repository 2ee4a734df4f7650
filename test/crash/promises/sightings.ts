import type { Records } from '../records.ts';
import type { Broken } from './broken.ts';
import { grouped } from './grouped.ts';

/** A message that begins a case begins one, however often it was sent. */
export function brokenSightings({
  acknowledged,
  stored,
}: Pick<Records, 'acknowledged' | 'stored'>): readonly Broken[] {
  const sightings = new Set(
    stored.cases.filter(({ workflow }) => workflow === 'sighting').map(({ id }) => id),
  );
  const begun = stored.events.filter(({ case_id, seq }) => seq === 1 && sightings.has(case_id));
  const bySlip = grouped(begun, ({ body }) => /"slip":"([^"]*)"/u.exec(body)?.[1] ?? '');
  const taken = acknowledged.filter(({ kind, status }) => kind === 'sighting' && status < 400);
  const lost = taken.filter(({ slip }) => !bySlip.has(slip));
  return [
    ...lost.map(({ key, slip }) => ({
      ...{ promise: 1, about: `sighting ${key} of ${slip}` },
      evidence: 'acknowledged, and it began no case',
    })),
    ...[...bySlip]
      .filter(([, { length }]) => length > 1)
      .map(([slip, { length }]) => ({
        ...{ promise: 4, about: `sighting of ${slip}` },
        evidence: `it began ${length} cases`,
      })),
  ];
}
