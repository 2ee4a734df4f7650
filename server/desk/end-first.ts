import { authorize } from '../../engine/index.ts';
import type { AccessActor, CaseOutlook } from '../../engine/index.ts';
import type { Host } from '../host/open-host.ts';
import type { ChangeBefore } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { caseSubject } from './case-subject.ts';

/**
 * Leads from each case that cannot be erased yet to the case that has to end before: to the page that calls it
 * off for whoever may do that, to its own page for whoever may see it; others are told whom to ask.
 */
export async function endFirst(
  host: Pick<Host, 'engine' | 'store'>,
  actor: AccessActor,
  cases: readonly CaseOutlook[],
): Promise<readonly ChangeBefore[]> {
  const wanted = new Map<string, string>();
  for (const { refused, reference } of cases) {
    if (refused?.first !== undefined && !wanted.has(refused.first))
      wanted.set(refused.first, reference);
  }
  const found: ChangeBefore[] = [];
  for (const [id, reference] of wanted) found.push(await before(host, actor, id, reference));
  return found;
}

async function before(
  { engine, store }: Pick<Host, 'engine' | 'store'>,
  actor: AccessActor,
  id: string,
  asked: string,
): Promise<ChangeBefore> {
  const look = await engine.look(id);
  const { reference, status } = look.stored;
  const tasks = await store.worklist.tasksOfCase(id);
  const isOver = status === 'finished';
  const named = reference === asked ? reference : `${reference}, which ran ${asked},`;
  const text = `${named} ${isOver ? 'has work left, which has to end' : 'has to come to its end'}.`;
  if (authorize(actor, 'case.change', {}).allowed && !isOver) {
    return { text, link: { href: paths.changeCase(id, 'cancel'), label: `Call off ${reference}` } };
  }
  if (authorize(actor, 'case.see', caseSubject(look, tasks)).allowed) {
    return { text, link: { href: paths.case(id), label: `Look at ${reference}` } };
  }
  return { text: `${text} ${WHOM}` };
}

const WHOM = 'An operator or administrator can see to it. Ask for the same again afterwards.';
