import { TrellisError } from '../../engine/index.ts';
import type { Actor } from '../../engine/index.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import type { OpenedPublishing } from '../host/with-publishing.ts';
import { withPublishing } from '../host/with-publishing.ts';
import { retireConsequences } from '../views/texts/retire-words.ts';
import { reviewWords, whyReviewed } from '../views/texts/review-words.ts';
import type { ExitCode } from './exit-code.ts';
import { impactLine } from './impact-line.ts';
import { numberIn } from './operations.ts';
import type { Output } from './output.ts';
import { permit } from './permit.ts';

interface Signature {
  readonly as: string;
  readonly reason: string;
}

interface Shown {
  /** Of what was shown; without it, it is shown and nothing is done. */
  readonly token?: string;
}

/** How many versions, and how many drafts, are looked through. */
const MOST = 200;

/** Lists the versions of a workflow, newest first. */
export async function workflowVersions(name: string, output: Output): Promise<ExitCode> {
  return withStoreToRead(async ({ registry, drafts, outOfForce }): Promise<ExitCode> => {
    const all = await registry.newestVersions();
    const newest = all.find((one) => one.name === name)?.version;
    if (newest === undefined)
      throw new TrellisError('no-workflow', `There is no workflow "${name}".`);
    const published = await drafts.list({ workflow: name, statuses: ['published'] }, MOST);
    const out = (await outOfForce.all()).find(
      (one) => one.kind === 'workflow' && one.name === name,
    );
    if (out !== undefined) output.line(`retired by ${out.actor.name}: ${out.reason}`);
    const rows: unknown[] = [];
    for (let version = newest; version > 0 && version > newest - MOST; version -= 1) {
      const found = await registry.version(name, version);
      if (found === undefined) continue;
      const by = published.find((one) => one.version === version)?.author.name ?? 'the host';
      const at = new Date(found.publishedAt).toISOString();
      output.line(`${version}  ${at}  release ${found.release}  by ${by}`);
      rows.push({ version, at, release: found.release, digest: found.digest, by });
    }
    output.result({ workflow: name, retired: out, versions: rows });
    return 0;
  });
}

/** Shows what retiring a workflow would stop; with the token of what was shown, retires it. */
export async function workflowRetire(
  name: string,
  { as: email, reason, token }: Signature & Shown,
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async (opened): Promise<ExitCode> => {
    const { publishing } = opened;
    const author = await writer(name, email, opened);
    if (token !== undefined) {
      await publishing.retire({ workflow: name, actor: author, reason, token });
      output.line(`${name}: retired. No more cases of it begin; those that run go on.`);
      output.result({ workflow: name, retired: true });
      return 0;
    }
    const { facts, token: shown } = await publishing.lookAtRetiring(name);
    for (const sentence of retireConsequences(facts)) output.line(sentence);
    output.line(`Nothing was retired. To do it: the same with --token ${shown}`);
    output.result({ workflow: name, facts, token: shown, retired: false });
    return 0;
  });
}

/** Begins cases of a retired workflow again. */
export async function workflowRestore(
  name: string,
  { as: email, reason }: Signature,
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async (opened): Promise<ExitCode> => {
    const author = await writer(name, email, opened);
    const key = { kind: 'workflow', name, part: '' } as const;
    await opened.publishing.force.putBack({ key, actor: author, reason });
    output.line(`${name}: cases of it begin again.`);
    output.result({ workflow: name, retired: false });
    return 0;
  });
}

/** Shows what an old version would mean; with the token of what was shown, publishes it anew. */
export async function workflowRollback(
  name: string,
  { as: email, reason, to, token }: Signature & Shown & { readonly to: string },
  output: Output,
): Promise<ExitCode> {
  return withPublishing(async ({ publishing, as }): Promise<ExitCode> => {
    const { actor, author } = await as(email);
    const { rules } = publishing.reviews;
    permit(actor, 'workflow.roll-back', { rules });
    const which = { workflow: name, version: numberIn('--to', to) };
    if (token !== undefined) {
      const by = { actor: author, roles: actor.roles };
      const version = await publishing.rollBack({ ...which, reason, token }, by);
      output.line(`${name}: version ${which.version} is published anew, as version ${version}`);
      output.result({ workflow: name, version });
      return 0;
    }
    const { examined, facts, token: shown } = await publishing.lookBack(which);
    output.line(`${name}: ${reviewWords(examined.risk, rules)}`);
    for (const why of whyReviewed(examined.risk)) output.line(`        ${why}`);
    for (const group of facts.impact) output.line(impactLine(group));
    output.line(`Nothing was published. To do it: the same with --token ${shown}`);
    output.result({ ...which, facts, token: shown });
    return 0;
  });
}

/** @throws `TrellisError` with code `no-workflow`, `no-person` or `not-allowed`. */
async function writer(name: string, email: string, opened: OpenedPublishing): Promise<Actor> {
  const { publishing, catalogue, as } = opened;
  const { actor, author } = await as(email);
  const { team } = (await catalogue.newest(name)).compiled.workflow;
  permit(actor, 'workflow.write', { teams: [team], rules: publishing.reviews.rules });
  return author;
}
