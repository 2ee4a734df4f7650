import { TrellisError } from '../../engine/index.ts';
import type { MigrationOrder, MigrationPlan, Migrations } from '../../engine/index.ts';
import { withOperations } from '../host/with-operations.ts';
import { COMMAND_LINE, caseOf } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export interface Migrate {
  readonly to: string;
  readonly from?: string;
  /** Only the case with this reference. */
  readonly case?: string;
  /** `OLD=NEW`, where a state leads. */
  readonly map?: readonly string[];
  /** The token of the plan that is to be carried out. */
  readonly confirm?: string;
  readonly reason?: string;
}

/**
 * Shows what a migration would come to, or with the token of that plan carries it out. Exit code 1
 * where a case cannot go.
 */
export async function migrateCommand(
  workflow: string,
  asked: Migrate,
  output: Output,
): Promise<ExitCode> {
  return withOperations(async ({ migrations, store }): Promise<ExitCode> => {
    const one = asked.case === undefined ? undefined : await caseOf(store, asked.case);
    const order: MigrationOrder = {
      workflow,
      to: numberIn('--to', asked.to),
      ...(asked.from === undefined ? {} : { from: numberIn('--from', asked.from) }),
      ...(one === undefined ? {} : { caseId: one.id }),
      mapping: mappingIn(asked.map ?? []),
    };
    if (asked.confirm !== undefined) return carryOut(migrations, order, asked, output);
    const plan = await migrations.plan(order);
    showPlan(plan, output);
    output.result(plan);
    return plan.cases.some(({ refused }) => refused !== undefined) ? 1 : 0;
  });
}

async function carryOut(
  migrations: Migrations,
  order: MigrationOrder,
  { confirm = '', reason = '' }: Migrate,
  output: Output,
): Promise<ExitCode> {
  const results = [];
  const cause = { reason, actor: COMMAND_LINE };
  for await (const result of migrations.carryOut(order, confirm, cause)) {
    results.push(result);
    output.line(
      `${result.refused === undefined ? 'moved ' : 'STAYS '} ${result.reference}  ${result.refused ?? ''}`,
    );
  }
  const stayed = results.filter(({ refused }) => refused !== undefined).length;
  output.line(`${results.length - stayed} cases are on version ${order.to}, ${stayed} stayed`);
  output.result({ order, results });
  return stayed === 0 ? 0 : 1;
}

/** Cases to which the same happens are one line. */
function showPlan({ cases, token }: MigrationPlan, output: Output): void {
  const groups = new Map<string, string[]>();
  for (const { reference, from, states, becomes, anew, refused } of cases) {
    const way =
      becomes === undefined
        ? ''
        : `${anew ? 'begins anew at' : 'goes on at'} ${becomes.join(', ')}`;
    const line = `version ${from}, ${states.join(', ')}: ${refused ?? way}`;
    groups.set(line, [...(groups.get(line) ?? []), reference]);
  }
  for (const [line, references] of groups) {
    const some = references.slice(0, 5).join(', ');
    output.line(`${String(references.length).padStart(5)}  ${line}`);
    output.line(`       ${some}${references.length > 5 ? ' …' : ''}`);
  }
  output.line(
    `${cases.length} cases. Nothing was changed. To do it: --confirm ${token} --reason "…"`,
  );
}

function mappingIn(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text): [string, string] => {
      const [, old, other] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
      if (old !== undefined && other !== undefined) return [old, other];
      throw new TrellisError('bad-option', `--map takes OLD=NEW, not "${text}".`);
    }),
  );
}

function numberIn(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new TrellisError('bad-option', `${option} takes a number from 1 on, not "${text}".`);
}
