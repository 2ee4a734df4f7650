import type { Draft, FormValues, Journey, Uploads } from '../../../engine/index.ts';
import { TrellisError, openStep, postStep, readPosted, stepKey } from '../../../engine/index.ts';
import type { FormView } from './form-view.ts';
import type { FormPlace } from './page-view.ts';
import { formView } from './page-view.ts';

/** The template that writes a {@link FormView}. */
export const FORM_TEMPLATE = 'forms/form';

/** The status for each code by which the engine refuses a request. */
const REFUSALS: ReadonlyMap<string, 400 | 413> = new Map([
  ['unknown-step', 400],
  ['unknown-action', 400],
  ['unknown-answer', 400],
  ['repeated-answer', 400],
  ['too-many-answers', 413],
  ['too-many-entries', 413],
]);

/** What a route answers to a request for a form. It stores `draft` where there is one. */
export type FormAnswer =
  | { readonly kind: 'page'; readonly status: 200 | 413 | 422; readonly view: FormView }
  | {
      readonly kind: 'redirect';
      readonly status: 303;
      readonly location: string;
      readonly draft?: Draft;
    }
  | { readonly kind: 'saved'; readonly draft: Draft }
  | {
      readonly kind: 'submitted';
      readonly draft: Draft;
      readonly values: FormValues;
      readonly outcome?: string;
    }
  /** The request is none that a page of this form sends. */
  | { readonly kind: 'refused'; readonly status: 400 | 413; readonly error: TrellisError };

/**
 * Answers a GET of a form: its page, or a redirect to the step that comes first. It changes
 * nothing. Without a key the form opens where it was left.
 */
export function showForm(
  journey: Journey,
  draft: Draft,
  key: string | undefined,
  place: FormPlace,
): FormAnswer {
  const { step, answers } = openStep(journey, draft, key);
  const reached = stepKey(journey.checks.model, step);
  if (key !== undefined && key !== reached) {
    return { kind: 'redirect', status: 303, location: place.hrefOf(reached) };
  }
  const view = formView(journey, draft, { step, answers, errors: [] }, place);
  return { kind: 'page', status: 200, view };
}

/**
 * Answers a POST of one step of a form. `fields` are the posted names and texts in their order,
 * flat, as `URLSearchParams` gives them; `uploads` is what became of a file that was sent along.
 */
export function sendForm(
  journey: Journey,
  draft: Draft,
  key: string,
  fields: Iterable<readonly [string, string]>,
  place: FormPlace,
  uploads?: Uploads,
): FormAnswer {
  try {
    const posted = { ...readPosted(fields), ...(uploads === undefined ? {} : { uploads }) };
    const reply = postStep(journey, draft, key, posted);
    switch (reply.kind) {
      case 'show':
        return { kind: 'page', status: 422, view: formView(journey, draft, reply, place) };
      case 'go': {
        const location = place.hrefOf(stepKey(journey.checks.model, reply.step));
        return { kind: 'redirect', status: 303, location, draft: reply.draft };
      }
      case 'saved':
        return { kind: 'saved', draft: reply.draft };
      case 'submitted':
        return reply;
    }
  } catch (error) {
    const status = error instanceof TrellisError ? REFUSALS.get(error.code) : undefined;
    if (!(error instanceof TrellisError) || status === undefined) throw error;
    return { kind: 'refused', status, error };
  }
}
