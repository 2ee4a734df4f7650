import type { MessageText } from '../definition/workflow.ts';
import type { Send } from '../definition/rules.ts';
import type { Text } from '../definition/values.ts';
import type { Json } from '../json.ts';
import { TrellisError } from '../errors.ts';
import type { MailContent } from '../effects.ts';
import { LINK } from '../effects.ts';
import { checkText } from '../texts/check-text.ts';
import type { CompiledText } from '../texts/compiled-text.ts';
import type { Expression } from '../definition/values.ts';
import type { Moment } from './case-context.ts';
import type { Variables } from './formula.ts';
import { compileFormula } from './formula.ts';

/** Makes one rendered mail from the values at its place. */
export type Mail = (values: Readonly<Record<string, unknown>>, moment: Moment) => MailContent;

/** Makes one line of text, such as a task's title. */
export type Line = (values: Readonly<Record<string, unknown>>, moment: Moment) => string;

/** Compiles messages and lines; their types were checked before. */
export class MailCompiler {
  readonly #messages: ReadonlyMap<string, MessageText>;

  constructor(messages: readonly MessageText[]) {
    this.#messages = new Map(messages.map((message) => [message.name, message]));
  }

  compileSend(send: Send, variables: Variables): Mail {
    return this.compile(send.message, send.to, variables, false);
  }

  /** Compiles a message to the address that `to` gives; with a link, its place is kept as `LINK`. */
  compile(name: string, to: Expression, variables: Variables, withLink: boolean): Mail {
    const message = this.#messages.get(name);
    if (message === undefined) {
      throw new TrellisError('not-checked', `There is no message "${name}" in the workflow.`);
    }
    const address = compileFormula(to, variables);
    const subject = this.compileLine(message.subject, variables);
    const body = parse(message.body, variables, withLink);
    return (values, moment) => {
      const environment = { variables: values, ...moment };
      const link = withLink ? LINK : undefined;
      return {
        message: name,
        to: asText(address(values, moment)),
        subject: subject(values, moment),
        text: body.render(environment, 'text', link),
        html: body.render(environment, 'html', link),
      };
    };
  }

  compileLine(text: Text, variables: Variables): Line {
    const line = parse(defaultLanguage(text), variables, false);
    return (values, moment) => line.renderLine({ variables: values, ...moment });
  }
}

/** An expression that was checked to be a text gives one, or nothing. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : '';
}

/** The text itself, or of several languages the first. */
export function defaultLanguage(text: Text): string {
  return typeof text === 'string' ? text : (Object.values(text)[0] ?? '');
}

function parse(source: string, variables: Variables, withLink: boolean): CompiledText {
  const { text, problems } = checkText(
    source,
    { variables, present: 'all' },
    { link: withLink ? 'required' : 'forbidden' },
  );
  if (text === undefined) {
    throw new TrellisError(
      'not-checked',
      `A text cannot be compiled: ${problems[0]?.message ?? 'it was refused'}`,
    );
  }
  return text;
}
