import { TrellisError, authorize, buildForm, formChecks, momentOf } from '../../engine/index.ts';
import type {
  AccessActor,
  Actor,
  Definition,
  Form,
  FormChecks,
  Journey,
  JsonObject,
} from '../../engine/index.ts';

/** Whose form it is, and what the case knows. */
export interface FormRequest {
  readonly definition: Definition;
  readonly form: string;
  /** Who fills it: fields that they may not read are not shown. */
  readonly actor: AccessActor;
  /** Buttons, where the form itself names none. */
  readonly outcomes: readonly string[];
  readonly data: JsonObject;
  readonly reference: string;
  readonly starter: Actor;
  readonly now: number;
}

/** Prepares the forms of published workflows; each is built once for each kind of reader. */
export class FormDesk {
  readonly #checks = new Map<string, FormChecks>();

  /** @throws `TrellisError` with code `no-form`, or `form-unbuildable` where a type has no input. */
  journey(request: FormRequest): Journey {
    const { definition, data, reference, starter, now } = request;
    const names = { reference, starter: { id: starter.id, name: starter.name } };
    return {
      checks: this.#checksOf(request),
      context: { data, names, moment: momentOf(definition.core, now) },
    };
  }

  #checksOf(request: FormRequest): FormChecks {
    const { published } = request.definition;
    const reader =
      request.actor.kind === 'staff' ? request.actor.roles.join(' ') : request.actor.kind;
    const place = [published.name, published.version, request.form, ...request.outcomes];
    const key = JSON.stringify([...place, reader]);
    const known = this.#checks.get(key);
    if (known !== undefined) return known;
    const made = build(request);
    this.#checks.set(key, made);
    return made;
  }
}

function build({ definition, form, actor, outcomes }: FormRequest): FormChecks {
  const { workflow } = definition.compiled;
  const { view, validator } = definition.core;
  const found: Form | undefined = workflow.forms.find(({ name }) => name === form);
  if (found === undefined) throw new TrellisError('no-form', `There is no form "${form}".`);
  const built = buildForm(found, workflow, view, {
    audience: actor.kind === 'staff' ? 'staff' : 'customer',
    mayRead: ({ classification, origin }) =>
      authorize(actor, 'field.read', {
        classification,
        core: view,
        ...(origin === undefined ? {} : { origin }),
      }).allowed,
    ...(found.outcomes.length > 0 || outcomes.length === 0
      ? {}
      : { outcomes: outcomes.map((name) => ({ name, title: humanised(name) })) }),
  });
  if (!built.ok) {
    const [problem] = built.problems;
    throw new TrellisError('form-unbuildable', problem?.message ?? `"${form}" cannot be shown.`);
  }
  return formChecks(built.model, (schema) => validator.compile(schema));
}

/** `give-up` → `Give up`. */
function humanised(name: string): string {
  const text = name.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
