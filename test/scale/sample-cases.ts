import type { CaseRow } from '../../engine/ports/worklist.ts';
import {
  LARGE,
  SMALL,
  accept,
  askForPrice,
  caseOf,
  follow,
  openLink,
  openTaskOf,
  signedIn,
} from '../server/quote-journey.ts';
import { createVisitor } from '../server/visitor.ts';
import type { RunningHost } from '../server/with-host.ts';

/** One case of each kind that a company has many of. */
export interface SampleCases {
  readonly finished: CaseRow;
  /** Those that run, with how many of a hundred are like it. */
  readonly running: readonly { readonly row: CaseRow; readonly share: number }[];
}

/** Plays one case of each kind, by the pages of the host. */
export async function playSampleCases(running: RunningHost): Promise<SampleCases> {
  const finished = await askForPrice(running, SMALL);
  await accept(await openLink(running, finished), 'PO-1');
  await running.rest();
  await running.pass(60_000);
  const quoted = await askForPrice(running, SMALL);
  const open = await askForPrice(running, LARGE);
  const claimed = await askForPrice(running, LARGE);
  const rita = await signedIn(running, 'rita@meridian.example');
  const { id } = await openTaskOf(running, claimed);
  await follow(rita.post(`/tasks/${encodeURIComponent(id)}/claim`));
  const anybody = createVisitor(running.origin);
  await follow(anybody.post('/demo/faults', [['pricing.lookup', 'wrong']]));
  const failed = await askForPrice(running, SMALL);
  await follow(anybody.post('/demo/faults', [['pricing.lookup', 'ok']]));
  const of = (reference: string): Promise<CaseRow> => caseOf(running, reference);
  return {
    finished: await of(finished),
    running: [
      { row: await of(quoted), share: 50 },
      { row: await of(open), share: 35 },
      { row: await of(claimed), share: 14 },
      { row: await of(failed), share: 1 },
    ],
  };
}
