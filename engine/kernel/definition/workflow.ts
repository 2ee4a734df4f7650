/**
 * A workflow as the rest of the kernel reads it: every short form of the language written out,
 * every target resolved, every part with the path at which its author wrote it.
 *
 * Glossary. *State id*: names joined from the root, `evaluating/pricing/asking`. *Data path*: a
 * field and what lies below it, `['customer', 'id']`. *Outcome*: the name under which a person's
 * work, a child case or a whole case ended.
 */
import type { Path } from '../problem.ts';
import type { Schedule } from '../values/schedule.ts';
import type { Decision } from './decision.ts';
import type { Form } from './form.ts';
import type { Audience } from './people.ts';
import type { StateOf } from './state.ts';
import type { Assignment, DataField, Expression, Text } from './values.ts';

/** A workflow as it is written: the YAML text and the files beside it, by relative name. */
export interface WorkflowSource {
  readonly name: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

export type Start = {
  readonly path: Path;
  readonly name: string;
  readonly set: readonly Assignment[];
  /** One case of the workflow for each of its values, over all starts. */
  readonly once?: Expression;
} & (
  | { readonly kind: 'form'; readonly form: string; readonly audience: Audience }
  /** The data fields that a calling workflow must give. */
  | { readonly kind: 'run'; readonly fields: readonly string[] }
  /** The data fields, or fields inside them, that a program must give, by the API. */
  | { readonly kind: 'api'; readonly fields: readonly string[] }
  /** A message of another system that no case waits for; `save` reads it. */
  | { readonly kind: 'message'; readonly message: string; readonly save: readonly Assignment[] }
  | ({ readonly kind: 'schedule' } & Schedule)
);

/** What a mail says. `body` is the text of the file that the author named. */
export interface MessageText {
  readonly path: Path;
  readonly name: string;
  readonly subject: Text;
  readonly bodyFile: string;
  readonly body: string;
}

export interface Workflow {
  readonly name: string;
  readonly title: Text;
  readonly team: string;
  /** The release line of the core that it is written for. */
  readonly core: number;
  /** What people call a case; `{year}` and `{number}` are filled in. */
  readonly reference: string;
  readonly data: readonly DataField[];
  readonly starts: readonly Start[];
  readonly forms: readonly Form[];
  readonly decisions: readonly Decision[];
  readonly messages: readonly MessageText[];
  /** The whole statechart: a state of kind `states` with the id `''`. */
  readonly root: StateOf<'states'>;
}
