import type { MessageText } from '../definition/workflow.ts';
import type { State } from '../definition/state.ts';
import type { Text } from '../definition/values.ts';
import { positionsOf } from '../definition/source-map.ts';
import type { ExpressionProblem, FieldRead } from '../expressions/expression.ts';
import type { Path, Problem } from '../problem.ts';
import { remembered } from '../remembered.ts';
import { checkText } from '../texts/check-text.ts';
import type { TextOptions } from '../texts/check-text.ts';
import { audienceName, readersOf, clearanceOf, mayRead } from './audience.ts';
import type { Checkup } from './checkup.ts';
import type { Flow } from '../expressions/flow.ts';
import { refusedFlow } from './flow-check.ts';
import { itemVariable } from './item-scope.ts';
import { error } from './place.ts';
import { mailReceiver } from './receivers.ts';
import { sentMessages } from './sent-messages.ts';
import type { Variables } from './variables.ts';

/** What the texts of a workflow show, and what is wrong with them. */
export interface CheckedTexts {
  readonly problems: readonly Problem[];
  /** What each message shows, by its name. */
  readonly shownBy: ReadonlyMap<string, readonly Flow[]>;
  /** Where the texts name fields of locked types. */
  readonly named: readonly TextName[];
}

/** A field of a locked type that a text names. */
interface TextName extends FieldRead {
  readonly path: Path;
  readonly source: string;
  readonly file?: string;
}

/** One text as it is written: where, and what may stand in it. */
interface Written {
  readonly path: Path;
  readonly source: string;
  readonly link: TextOptions['link'];
  /** The file it lies in, where that is not the workflow's own. */
  readonly file?: string;
}

/** Checks every path, helper and link in the texts of messages and tasks, and who reads them. */
export const checkTexts = remembered((checkup: Checkup): CheckedTexts => {
  const shownBy = new Map<string, readonly Flow[]>();
  const problems: Problem[] = [];
  const named: TextName[] = [];
  for (const message of checkup.workflow.messages) {
    const variables = messageScope(checkup, message.name);
    const texts = messageTexts(checkup, message).map((text) => examine(checkup, text, variables));
    shownBy.set(
      message.name,
      texts.flatMap(({ flows }) => flows),
    );
    problems.push(...texts.flatMap((text) => text.problems));
    named.push(...texts.flatMap((text) => text.named));
    problems.push(
      ...texts.flatMap(({ flows, written }) =>
        inFile(written, refusedFlow(written.path, flows, mailReceiver(checkup.core))),
      ),
    );
  }
  for (const state of checkup.chart.states.values()) {
    const titles = titlesOf(checkup, state);
    problems.push(...titles.flatMap((title) => titleProblems(checkup, state, title)));
    named.push(...titles.flatMap((title) => title.named));
  }
  return { problems: [...problems, ...askMessagesSent(checkup)], shownBy, named };
});

function messageTexts(
  checkup: Checkup,
  { name, path, subject, body, bodyFile }: MessageText,
): readonly Written[] {
  const asks = sentMessages(checkup).some((sent) => sent.asks && sent.message === name);
  return [
    ...variantsOf(subject, [...path, 'subject']),
    {
      path: [...path, 'body'],
      source: body,
      link: asks ? 'required' : 'forbidden',
      file: `workflows/${checkup.workflow.name}/${bodyFile}`,
    },
  ];
}

/** A message names an item where every state that sends it is at an item of that name. */
function messageScope(checkup: Checkup, message: string): Variables {
  const scopes = sentMessages(checkup)
    .filter((sent) => sent.message === message)
    .map(({ state, isOfItem }) => (isOfItem ? itemVariable(state) : {}));
  const [first = {}, ...others] = scopes;
  const shared = Object.entries(first).filter(([name, type]) =>
    others.every((other) => Object.hasOwn(other, name) && other[name] === type),
  );
  return { ...checkup.scopes.case, ...Object.fromEntries(shared) };
}

/** A text, or each of its languages, in which a link has no place. */
function variantsOf(text: Text, path: Path): readonly Written[] {
  if (typeof text === 'string') return [{ path, source: text, link: 'forbidden' }];
  return Object.entries(text).map(([language, source]) => ({
    path: [...path, language],
    source,
    link: 'forbidden',
  }));
}

interface Examined {
  readonly written: Written;
  readonly problems: readonly Problem[];
  readonly flows: readonly Flow[];
  readonly named: readonly TextName[];
}

function examine(
  checkup: Checkup,
  written: Written,
  variables: Variables = checkup.scopes.case,
): Examined {
  const scope = { variables, present: new Set<string>() };
  const { link, ...place } = written;
  const { problems, flows, fields } = checkText(written.source, scope, { link });
  return {
    written,
    flows,
    named: fields.map((field) => ({ ...place, ...field })),
    problems: problems.map((found) => insideText(checkup, written, found)),
  };
}

function insideText(
  { map }: Checkup,
  { path, source, file }: Written,
  { code, message, from, to, fix }: ExpressionProblem,
): Problem {
  const problem: Problem = { code, severity: 'error', path, message };
  if (file !== undefined) {
    const position = positionsOf(source)(from, to);
    return { ...problem, file, position, ...(fix !== undefined && { fix }) };
  }
  if (map === undefined) return problem;
  const inSource = fix && map.fixInside(path, fix);
  return {
    ...problem,
    position: map.locateInside(path, from, to),
    ...(inSource !== undefined && { fix: inSource }),
  };
}

/** Places what is wrong with a whole text at its first character. */
function inFile({ file, source }: Written, problems: readonly Problem[]): readonly Problem[] {
  if (file === undefined) return problems;
  return problems.map((problem) => ({ ...problem, file, position: positionsOf(source)(0) }));
}

/** The title of a task is read by the roles that may do it. */
function titleProblems(
  checkup: Checkup,
  state: State,
  { problems, flows, written }: Examined,
): readonly Problem[] {
  const hidden = readersOf(state, checkup).flatMap((audience) => {
    const unreadable = flows.filter(({ type }) => !mayRead(type, audience, checkup.core));
    const clearance = clearanceOf(audience, checkup.core);
    return refusedFlow(written.path, unreadable, { name: audienceName(audience), clearance });
  });
  return [...problems, ...hidden];
}

function titlesOf(checkup: Checkup, state: State): readonly Examined[] {
  if (state.kind !== 'task' || state.taskTitle === undefined) return [];
  return variantsOf(state.taskTitle, [...state.path, 'task', 'title']).map((written) =>
    examine(checkup, written, checkup.scopes.begun(state)),
  );
}

/** A message with a link belongs to the asks that make the link. */
function askMessagesSent(checkup: Checkup): readonly Problem[] {
  const sent = sentMessages(checkup);
  const asked = new Set(sent.filter(({ asks }) => asks).map(({ message }) => message));
  return sent
    .filter(({ asks, message }) => !asks && asked.has(message))
    .map(({ message, path }) =>
      error(
        'ask-message-sent',
        path,
        `The message "${message}" carries the link of an "ask", and "send" has no link to give. ` +
          'Write a message of its own for this.',
      ),
    );
}
