import type { Operator, Subject } from '../operator.ts';
import { entriesOf, textAt } from '../tree.ts';

/** Changes the body of every message that the workflow uses. */
function bodies(
  name: string,
  why: string,
  change: (body: string, isAsk: boolean) => string | undefined,
): Operator {
  return {
    name,
    why,
    apply: (subject) =>
      filesOf(subject).flatMap((file) => {
        const body = subject.source.files[file] ?? '';
        const text = change(body, body.includes('{{link}}'));
        if (text === undefined) return [];
        return [{ files: { ...subject.source.files, [file]: text }, place: { file } }];
      }),
  };
}

function filesOf({ tree }: Subject): readonly string[] {
  return entriesOf(tree['messages']).map(([, message]) => textAt(message, ['body']) ?? '');
}

/** Mails that name what is not there, or do what they may not. */
export const TEXT_OPERATORS: readonly Operator[] = [
  bodies(
    'text-unknown-field',
    'Nothing in scope has this name.',
    (body) => `${body}\n{{customer.zzz}}\n`,
  ),
  bodies(
    'text-unknown-variable',
    'Nothing in scope has this name.',
    (body) => `${body}\n{{nobody}}\n`,
  ),
  bodies(
    'text-unknown-helper',
    'There is no such helper.',
    (body) => `${body}\n{{sing reference}}\n`,
  ),
  bodies('text-raw', 'Nothing is put in unescaped.', (body) => `${body}\n{{{reference}}}\n`),
  bodies('text-partial', 'Partials are not taken.', (body) => `${body}\n{{> header}}\n`),
  bodies(
    'text-open-block',
    'A block that is opened is closed.',
    (body) => `${body}\n{{#if reference}}\n`,
  ),
  bodies('text-date-of-text', 'A text is no date.', (body) => `${body}\n{{date reference}}\n`),
  bodies(
    'text-each-of-text',
    'A text is no list.',
    (body) => `${body}\n{{#each reference}}x{{/each}}\n`,
  ),
  bodies('text-money-of-list', 'A list is no amount.', (body) => `${body}\n{{money lines}}\n`),
  bodies('text-whole-object', 'An object cannot be written.', (body) => `${body}\n{{customer}}\n`),
  bodies('text-without-link', 'Who is asked needs the link.', (body, isAsk) =>
    isAsk ? body.replace('{{link}}', '') : undefined,
  ),
  bodies('text-with-link', 'Only who is asked has a link.', (body, isAsk) =>
    isAsk ? undefined : `${body}\n{{link}}\n`,
  ),
  bodies(
    'text-leak',
    'A mail is not cleared for what is restricted.',
    (body) => `${body}\n{{customer.creditStatus}}\n`,
  ),
];
