import { ratioAim, withinAim } from '../programs/report.ts';
import type { Check, Figure } from '../programs/report.ts';

/** What is to be reached, by the name of the figure; the first that fits. */
const AIMS: readonly (readonly [RegExp, (found: Figure) => Check])[] = [
  [/^check[.]online-quote$/, (found) => withinAim(found, 1)],
  [/^kernel[.]stored$/, (found) => ratioAim(found, 0.8)],
  [/^kernel[.]hot$/, (found) => ratioAim(found, 1)],
  [/^transitions[.]sqlite[.]128$/, (found) => ratioAim(found, 0.35)],
  [/^cases[.].+[.](32|128)$/, (found) => ratioAim(found, 0.8)],
  [/^to-hand-written[.]sqlite[.]1$/, (found) => ratioAim(found, 0.3)],
  [/^to-hand-written[.]better-sqlite3[.]1$/, (found) => ratioAim(found, 0.8)],
  [/^to-hand-written[.](sqlite|better-sqlite3)[.](32|128)$/, (found) => ratioAim(found, 3)],
  [/^to-knex[.].+[.](32|128)$/, (found) => ratioAim(found, 6)],
  [/^to-hand-written[.]postgres[.](32|128)$/, (found) => ratioAim(found, 2)],
  [/^two-hosts[.]/, (found) => ratioAim(found, 1.6)],
  [/^filled[.]/, (found) => ratioAim(found, 0.85)],
  [/^(flood|slow-connector)-p95[.]/, (found) => withinAim(found, 1.2)],
  [/^(start|memory)[.]/, (found) => withinAim(found, 1)],
  [/^(ack-p99|cpu-case|disk-case)[.]/, (found) => withinAim(found, 1)],
];

/** The aims of a figure, and whether they are reached. */
export function aimsOf(found: Figure): readonly Check[] {
  // One that is held against nothing has nothing to reach.
  if (found.limit === null) return [];
  const aim = AIMS.find(([name]) => name.test(found.name));
  return aim === undefined ? [] : [aim[1](found)];
}
