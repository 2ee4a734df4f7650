import type { Knex } from 'knex';
import type { Cases } from '../../ports/cases.ts';
import type { Worklist } from '../../ports/worklist.ts';
import { auditEntry } from './tables/events.ts';
import type { EventColumns } from './tables/events.ts';
import { storedTask } from './tables/tasks.ts';
import type { TaskColumns } from './tables/tasks.ts';

/** Reads histories from the live table, or from that of the archive. */
export function readHistory(read: Knex, table: 'events' | 'archived_events'): Cases['history'] {
  return async (caseId, after = 0, limit) => {
    const query = read<EventColumns>(table)
      .where({ case_id: caseId })
      .where('seq', '>', after)
      .orderBy('seq');
    return (await (limit === undefined ? query : query.limit(limit))).map(auditEntry);
  };
}

/** Reads the tasks of cases from the live table, or from that of the archive. */
export function readTasksOfCase(
  read: Knex,
  table: 'tasks' | 'archived_tasks',
): Worklist['tasksOfCase'] {
  return async (caseId) => {
    const rows = await read<TaskColumns>(table)
      .where({ case_id: caseId })
      .orderBy(['created_at', 'id']);
    return rows.map(storedTask);
  };
}
