import type { Database } from './database.ts';

/** Creates the question which teams have cases in a table, of one workflow or of all. */
export function createTeams(
  database: Database,
  table: 'cases' | 'archived_cases',
): (workflow: string | undefined) => Promise<readonly string[]> {
  const all = database.statement(`teams_of_${table}`, teamsWhere(table, 'true'));
  const ofWorkflow = database.statement(
    `teams_of_workflow_in_${table}`,
    teamsWhere(table, 'workflow = ?'),
  );
  return async (workflow) => {
    const rows = await database.look((session) =>
      workflow === undefined ? session.all(all) : session.all(ofWorkflow, [workflow, workflow]),
    );
    return (rows as readonly { readonly team: string }[]).map(({ team }) => team);
  };
}

/** Each team is found by one look into an index. */
function teamsWhere(table: string, condition: string): string {
  return `with recursive found(team) as (
      select min(team) from ${table} where ${condition}
      union all select (select min(team) from ${table} where ${condition} and team > found.team)
        from found where found.team is not null)
    select team from found where team is not null`;
}
