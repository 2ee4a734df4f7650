import { allow, refuse } from './decide.ts';
import type { AccessActor, Decision } from './words.ts';

/** A program may do what its token is for: with the workflows that it names, and no others. */
export function mayUseApi(
  actor: AccessActor,
  { workflow }: { readonly workflow: string },
): Decision {
  if (actor.kind !== 'api') return refuse('token', 'This needs a token of the API.');
  return actor.workflows.includes(workflow)
    ? allow('Their token is for this workflow.')
    : refuse('token', `This token is not for the workflow "${workflow}".`);
}
