import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** How large a company is: the bundled one has 6 types and one workflow. */
export interface CompanySize {
  readonly types: number;
  readonly workflows: number;
}

/** The parts of `policies.yaml` that name fields of types. */
interface Policies {
  readonly grants: readonly { readonly write: readonly string[] }[];
  readonly fieldRights: readonly { readonly read: readonly string[] }[];
  readonly releases: readonly { readonly field: string }[];
}

const CORE = 'core-data';
const WORKFLOW = 'online-quote';

/**
 * Writes a workspace that has the bundled company's types again and again under other names, with its
 * policies for each, and its workflow for all of them in turn. Its core has no lock yet.
 */
export async function writeLargeCompany(folder: string, size: CompanySize): Promise<void> {
  await cp(CORE, join(folder, CORE), { recursive: true });
  await cp(join('workflows', WORKFLOW), join(folder, 'workflows', WORKFLOW), { recursive: true });
  const names = (await readdir(join(CORE, 'types'))).map((file) => file.replace('.yaml', ''));
  const rounds = Math.ceil(size.types / names.length);
  for (let round = 1; round < rounds; round++) {
    for (const name of names) {
      const text = await readFile(join(CORE, 'types', `${name}.yaml`), 'utf8');
      await writeFile(
        join(folder, CORE, 'types', `${name}${round}.yaml`),
        other(text, names, round),
      );
    }
  }
  const policies = parse(await readFile(join(CORE, 'policies.yaml'), 'utf8')) as Policies;
  const text = stringify(policiesFor(policies, names, rounds), { aliasDuplicateObjects: false });
  await writeFile(join(folder, CORE, 'policies.yaml'), text);
  for (let number = 1; number < size.workflows; number++) {
    await writeWorkflow(folder, number, names, number % rounds);
  }
}

async function writeWorkflow(
  folder: string,
  number: number,
  names: readonly string[],
  round: number,
): Promise<void> {
  const to = join(folder, 'workflows', `${WORKFLOW}-${number}`);
  await mkdir(to, { recursive: true });
  for (const file of await readdir(join('workflows', WORKFLOW))) {
    const text = await readFile(join('workflows', WORKFLOW, file), 'utf8');
    const named = text
      .replace(`workflow: ${WORKFLOW}`, `workflow: ${WORKFLOW}-${number}`)
      .replace('reference: Q-', `reference: Q${number}-`);
    await writeFile(join(to, file), file === 'workflow.yaml' ? other(named, names, round) : named);
  }
}

/** A text with the types of a round where it names types: after a colon or a dash, or in `$ref`. */
function other(text: string, names: readonly string[], round: number): string {
  if (round === 0) return text;
  const named = new RegExp(
    `^(type: |  \\w+: +)(${names.join('|')})(?=\\[|$| )|(\\$ref: )(\\w+)`,
    'gmu',
  );
  return text.replace(named, (_, before = '', name = '', reference = '', type = '') =>
    reference === '' ? `${before}${name}${round}` : `${reference}${type}${round}`,
  );
}

function policiesFor(policies: Policies, names: readonly string[], rounds: number): Policies {
  const inRounds = (field: string): readonly string[] => {
    const [name = '', ...rest] = field.split('.');
    if (!names.includes(name)) return [field];
    return Array.from({ length: rounds }, (_, round) =>
      [round === 0 ? name : `${name}${round}`, ...rest].join('.'),
    );
  };
  return {
    ...policies,
    grants: policies.grants.map((one) => ({ ...one, write: one.write.flatMap(inRounds) })),
    fieldRights: policies.fieldRights.map((one) => ({ ...one, read: one.read.flatMap(inRounds) })),
    releases: policies.releases.flatMap((one) =>
      inRounds(one.field).map((field) => ({ ...one, field })),
    ),
  };
}
