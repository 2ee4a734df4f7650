import type { Visit } from '../../kernel/effects.ts';
import { admitJob } from '../../ports/admit-job.ts';
import type { Queues, StandingPlace } from '../../ports/queues.ts';
import type { Step } from '../../ports/step.ts';
import { byText } from './order.ts';
import { addJob } from './stored-job.ts';
import type { Tables } from './tables.ts';

export function createQueues(tables: Tables): Queues {
  const placesIn = (queue: string): readonly StandingPlace[] =>
    [...tables.queuePlaces.values()].filter((place) => place.queue === queue);
  return {
    admitNext: (queue, now) => {
      const places = placesIn(queue);
      const next = places.find(({ admitted, caseId }) => !admitted && isAwake(tables, caseId));
      const admitted = places.filter((place) => place.admitted).length;
      if (next === undefined || admitted >= next.most) return Promise.resolve(false);
      tables.queuePlaces.set(keyOf(next.caseId, next), { ...next, admitted: true });
      addJob(tables, admitJob(next, now));
      return Promise.resolve(true);
    },
    places: (queue, limit) => Promise.resolve(placesIn(queue).slice(0, limit)),
    ofCase: (caseId) => {
      const own = [...tables.queuePlaces.values()].filter((place) => place.caseId === caseId);
      const standing = own.map((place) => {
        const waiting = placesIn(place.queue).filter(({ admitted }) => !admitted);
        return { ...place, ahead: place.admitted ? 0 : waiting.indexOf(place) };
      });
      return Promise.resolve(standing.sort((a, b) => byText(a.state, b.state)));
    },
  };
}

/** Writes what a step takes and gives up of places in queues. */
export function writeQueues(tables: Tables, { case: { id }, queues }: Step): void {
  for (const visit of queues?.leave ?? []) tables.queuePlaces.delete(keyOf(id, visit));
  for (const place of queues?.join ?? []) {
    const key = keyOf(id, place);
    const admitted = tables.queuePlaces.get(key)?.admitted === true;
    const { since } = tables.queuePlaces.get(key) ?? place;
    tables.queuePlaces.set(key, { ...place, since, admitted });
  }
}

function isAwake(tables: Tables, caseId: string): boolean {
  return tables.cases.get(caseId)?.status !== 'suspended';
}

function keyOf(caseId: string, { state, visit }: Visit): string {
  return JSON.stringify([caseId, state, visit]);
}
