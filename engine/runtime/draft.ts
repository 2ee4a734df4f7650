import type { Actor } from '../kernel/effects.ts';
import type { Json } from '../kernel/json.ts';
import type { StepResult } from '../kernel/transition/step-result.ts';
import type { InboundMessage } from '../ports/message.ts';
import type { FinishedJob, Incident, Job, Link, Submission, TaskChange } from '../ports/step.ts';
import type { Definition } from './catalogue.ts';

/** What a command wants to write as the next step of a case. */
export interface Draft {
  /** What the history says of it. `body` is what is needed to fold it again. */
  readonly entry: { readonly kind: string; readonly actor: Actor; readonly body: Json };
  /** The kernel's answer; absent where the state of the case stays as it is. */
  readonly result?: StepResult;
  /** The version that the case runs on after the step, where that changes. */
  readonly definition?: Definition;
  readonly tasks?: readonly TaskChange[];
  readonly addJobs?: readonly Job[];
  readonly finishJobs?: readonly FinishedJob[];
  readonly openIncidents?: readonly Incident[];
  readonly resolveIncidents?: readonly string[];
  readonly consume?: readonly string[];
  readonly receive?: readonly InboundMessage[];
  readonly links?: readonly Link[];
  /** Ids of the files that the case carries from now on. */
  readonly files?: readonly string[];
  readonly submission?: Submission;
  /** Says that this is the only case for a value. */
  readonly once?: Submission;
  /** The operation on many cases that the step is part of. */
  readonly bulk?: string;
}

/** A draft that leaves the state of the case as it is. */
export type Note = Omit<Draft, 'result'>;

/** The engine itself, where nobody else acts. */
export const SYSTEM: Actor = { kind: 'system', id: 'trellis', name: 'Trellis' };
