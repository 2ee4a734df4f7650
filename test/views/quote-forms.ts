import type { Draft, JsonObject, Workflow } from '../../engine/index.ts';
import { beginDraft, buildForm, checkWorkflowSource } from '../../engine/index.ts';
import { showForm, sendForm } from '../../server/views/forms/form-exchange.ts';
import type { FormAnswer } from '../../server/views/forms/form-exchange.ts';
import type { FormView } from '../../server/views/forms/form-view.ts';
import { journeyOf } from '../forms/forms-fixture.ts';
import { meridianCore } from '../kernel/fixtures/meridian-core.ts';
import { onlineQuote } from '../kernel/fixtures/online-quote.ts';

const checked = checkWorkflowSource(onlineQuote, meridianCore);

/** The bundled workflow, read. */
export const quoteWorkflow: Workflow = (() => {
  if (checked.workflow !== undefined) return checked.workflow;
  throw new Error(JSON.stringify(checked.problems, null, 2));
})();

/** What a case of it carries half-way. */
export const QUOTE_DATA: JsonObject = {
  customer: { legalName: 'Bo BV', contactEmail: 'b@bo.example', segment: 'key' },
  lines: [
    { sku: 'A1', qty: 900 },
    { sku: 'B2', qty: 40 },
  ],
  quote: {
    quoteNo: 'Q-2027-17',
    netTotal: '33658.00',
    discountPct: 15,
    marginPct: 31.5,
    validUntil: '2027-03-15',
    lines: [
      { sku: 'A1', qty: 900, unitPrice: '36.00' },
      { sku: 'B2', qty: 40, unitPrice: '31.45' },
    ],
  },
};

/** Fills the forms of the bundled workflow, as a host does. */
export class QuoteForm {
  readonly #journey: ReturnType<typeof journeyOf>;
  #draft: Draft;

  constructor(name: string, audience: 'customer' | 'staff', outcomes: readonly string[] = []) {
    const form = quoteWorkflow.forms.find((each) => each.name === name);
    if (form === undefined) throw new Error(`no form ${name}`);
    const built = buildForm(form, quoteWorkflow, meridianCore, {
      audience,
      mayRead: () => true,
      ...(outcomes.length === 0
        ? {}
        : { outcomes: outcomes.map((outcome) => ({ name: outcome, title: titleOf(outcome) })) }),
    });
    if (!built.ok) throw new Error(JSON.stringify(built.problems, null, 2));
    this.#journey = journeyOf(
      built.model,
      audience === 'staff' || name === 'answer' ? QUOTE_DATA : {},
    );
    this.#draft = beginDraft(built.model, this.#journey.context.data);
  }

  /** Sends a step and goes on. */
  send(step: string, fields: Readonly<Record<string, string>>): this {
    const answer = this.#post(step, fields);
    if (answer.kind !== 'redirect' || answer.draft === undefined) {
      throw new Error(`${step} was not taken: ${JSON.stringify(answer, null, 2)}`);
    }
    this.#draft = answer.draft;
    return this;
  }

  /** The page of a step. */
  show(step?: string): FormView {
    return viewOf(showForm(this.#journey, this.#draft, step, PLACE));
  }

  /** The page that answers what is wrong. */
  wrong(step: string, fields: Readonly<Record<string, string>>): FormView {
    return viewOf(this.#post(step, fields));
  }

  #post(step: string, fields: Readonly<Record<string, string>>): FormAnswer {
    return sendForm(this.#journey, this.#draft, step, Object.entries(fields), PLACE);
  }
}

const PLACE = {
  hrefOf: (key: string) => `?step=${key}`,
  backHref: '/',
  hidden: [{ name: '#submission', value: 'k-1' }],
};

function viewOf(answer: FormAnswer): FormView {
  if (answer.kind === 'page') return answer.view;
  throw new Error(`not a page: ${JSON.stringify(answer, null, 2)}`);
}

function titleOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
