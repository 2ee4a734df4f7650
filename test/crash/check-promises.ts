import { followCase } from './follow-case.ts';
import { brokenAcknowledgements } from './promises/acknowledgements.ts';
import type { Broken } from './promises/broken.ts';
import { brokenCases } from './promises/cases.ts';
import type { CheckedCase } from './promises/checked-case.ts';
import { brokenEffects } from './promises/effects.ts';
import { brokenHistory } from './promises/history.ts';
import { brokenLeases } from './promises/leases.ts';
import { brokenSightings } from './promises/sightings.ts';
import type { Records } from './records.ts';
import { grouped } from './promises/grouped.ts';

/** Holds the records against each other; answers every promise of DESIGN.md that they show broken. */
export function checkPromises(records: Records): readonly Broken[] {
  const byCase = grouped(records.stored.events, ({ case_id }) => case_id);
  const parcels = records.stored.cases.filter(({ workflow }) => workflow === 'parcel');
  const cases = parcels.map((row): CheckedCase => {
    const events = [...(byCase.get(row.id) ?? [])].sort((a, b) => a.seq - b.seq);
    return { row, events, followed: followCase(events) };
  });
  return [
    ...brokenAcknowledgements(records, cases),
    ...brokenCases(records, cases),
    ...brokenEffects(records, cases),
    ...brokenSightings(records),
    ...brokenLeases(records.held),
    ...brokenHistory(records),
  ];
}
