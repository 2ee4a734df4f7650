import type { MessageText } from '../definition/workflow.ts';
import type { Send } from '../definition/rules.ts';
import type { Text } from '../definition/values.ts';
import type { Json } from '../json.ts';
import { TrellisError } from '../errors.ts';
import type { Letter, MailContent, SendEffect, SendToRoleEffect } from '../effects.ts';
import { LINK } from '../effects.ts';
import { checkText } from '../texts/check-text.ts';
import type { CompiledText } from '../texts/compiled-text.ts';
import type { Expression } from '../definition/values.ts';
import type { Moment } from './case-context.ts';
import type { Variables } from './formula.ts';
import { compileFormula } from './formula.ts';

type Values = Readonly<Record<string, unknown>>;

/** Makes one rendered mail from the values at its place. */
type Mail = (values: Values, moment: Moment) => MailContent;
type Written = (values: Values, moment: Moment) => Letter;
type Sending = (values: Values, moment: Moment) => SendEffect | SendToRoleEffect;

/** Makes one line of text, such as a task's title. */
type Line = (values: Values, moment: Moment) => string;

/** Compiles messages and lines; their types were checked before. */
export class MailCompiler {
  readonly #messages: ReadonlyMap<string, MessageText>;

  constructor(messages: readonly MessageText[]) {
    this.#messages = new Map(messages.map((message) => [message.name, message]));
  }

  compileSend({ message, to }: Send, variables: Variables): Sending {
    if (to.kind === 'address') {
      const mail = this.#mail(message, to.address, variables, false);
      return (values, moment) => ({ kind: 'send', mail: mail(values, moment) });
    }
    const { role } = to;
    const letter = this.#letter(message, variables, false);
    return (values, moment) => ({ kind: 'send-to-role', role, mail: letter(values, moment) });
  }

  /** Compiles the message of an ask, in which the place of the link is kept as `LINK`. */
  compileAsked(message: string, to: Expression, variables: Variables): Mail {
    return this.#mail(message, to, variables, true);
  }

  #mail(name: string, to: Expression, variables: Variables, withLink: boolean): Mail {
    const letter = this.#letter(name, variables, withLink);
    const address = compileFormula(to, variables);
    return (values, moment) => ({ ...letter(values, moment), to: asText(address(values, moment)) });
  }

  #letter(name: string, variables: Variables, withLink: boolean): Written {
    const message = this.#messages.get(name);
    if (message === undefined) {
      throw new TrellisError('not-checked', `There is no message "${name}" in the workflow.`);
    }
    const subject = this.compileLine(message.subject, variables);
    const body = parse(message.body, variables, withLink);
    return (values, moment) => {
      const environment = { variables: values, ...moment };
      const link = withLink ? LINK : undefined;
      return {
        message: name,
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
