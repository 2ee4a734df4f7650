import type { Page } from '../../engine/ports/worklist.ts';

/** Reads a list to its end, page by page. */
export async function allPages<T>(
  read: (after: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}
