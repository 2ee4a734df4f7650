import { expect } from 'chai';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { signedIn } from '../server/quote-journey.ts';
import { createVisitor } from '../server/visitor.ts';
import type { Visitor } from '../server/visitor.ts';
import type { RunningHost } from '../server/with-host.ts';

/** How often each page is asked for; of so many, the third slowest is the 95th of a hundred. */
const TIMES = 40;
/** How often each is asked for before, so that the program is warm. */
const WARM = 10;
/** What a page may take, in milliseconds. */
const LIMIT = 50;
/** How many pages on a list is followed. */
const DEEP = 3;

/** What is looked at, and by whom. */
const PAGES: readonly (readonly [who: 'rita' | 'hana' | 'ada', path: string])[] = [
  ['rita', '/inbox'],
  ['rita', '/inbox/team'],
  ['rita', '/inbox/overdue'],
  ['rita', '/inbox/done'],
  ['hana', '/inbox/managed'],
  ['rita', '/cases'],
  ['ada', '/cases'],
  ...['late', 'active', 'undoing', 'suspended', 'finished'].flatMap((status) => [
    ['rita', `/cases?status=${status}`] as const,
    ['ada', `/cases?status=${status}`] as const,
  ]),
  ['rita', '/cases?status=archived'],
  ['ada', '/cases?status=archived'],
  ['ada', '/cases?status=archived&workflow=online-quote'],
  ['ada', '/cases?status=archived&reference=Q-2027-1'],
  ['ada', '/cases?workflow=online-quote'],
  ['ada', '/cases?workflow=online-quote&status=active'],
  ['ada', '/cases?workflow=online-quote&status=suspended'],
  ['ada', '/cases?workflow=online-quote&status=late'],
  ['ada', '/cases?workflow=core%2Fcreate-order&status=active'],
  ['ada', '/cases?workflow=core%2Fcreate-order&status=late'],
  ['ada', '/cases?reference=Q-2027-1'],
  ['ada', '/cases?reference=Q-2027-1&status=suspended'],
  ['ada', '/cases?reference=Q-2027-1&status=late'],
  ['ada', '/cases?reference=Q-2027-1234'],
  ['ada', '/cases?reference=nothing'],
  ['rita', '/cases?reference=Q-2027-1'],
  ['ada', '/operations'],
  ['ada', '/incidents'],
];

/**
 * Measures how long each page takes, from the request to its last byte: in the middle, and the 95th
 * of a hundred, which a busy machine makes much larger.
 */
export async function* measurePages(running: RunningHost): AsyncGenerator<Figure> {
  const people: Readonly<Record<'rita' | 'hana' | 'ada', Visitor>> = {
    rita: await signedIn(running, 'rita@meridian.example'),
    hana: await signedIn(running, 'hana@meridian.example'),
    ada: await signedIn(running, 'ada@meridian.example'),
  };
  // What the machine takes for an answer that reads next to nothing.
  yield* await measure(createVisitor(running.origin), 'nobody /readyz', '/readyz');
  for (const [who, path] of PAGES) {
    yield* await measure(people[who], `${who} ${path}`, path);
    const deep = await deepPage(people[who], path);
    if (deep !== undefined)
      yield* await measure(people[who], `${who} ${path} (page ${DEEP + 1})`, deep);
  }
}

async function measure(visitor: Visitor, name: string, path: string): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let time = 0; time < WARM; time++) await visitor.get(path);
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    const { status } = await visitor.get(path);
    times.push(performance.now() - began);
    expect(status, path).to.equal(200);
  }
  const slowest = times.sort((a, b) => b - a)[Math.ceil(TIMES * 0.05)] ?? 0;
  const middle = times[Math.floor(TIMES / 2)] ?? 0;
  return [figure(`p50 ${name}`, middle, 'ms', LIMIT), figure(`p95 ${name}`, slowest, 'ms', LIMIT)];
}

/** The address of a page further on in a list; none where the list is shorter. */
async function deepPage(visitor: Visitor, path: string): Promise<string | undefined> {
  let at = path;
  for (let page = 0; page < DEEP; page++) {
    const { text } = await visitor.get(at);
    const next = /href="([^"]*after(?:=|&#x3D;)[^"]*)"/u.exec(text)?.[1];
    if (next === undefined) return undefined;
    at = next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
  }
  return at;
}
