import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { AskWork, CallWork, RunWork, StartWork, TaskWork, WaitWork, Work } from '../work.ts';
import type { Escalation } from '../people.ts';
import { SELF } from '../self.ts';
import { readAssign, readExcluded } from './assign.ts';
import { readDelay } from './delays.ts';
import { emptyFormName } from './empty-forms.ts';
import { readExpression, readSet, readWith } from './expressions.ts';
import { itemsIn, readEach, readForEach, withItems } from './for-each.ts';
import type { Outline, WrittenState } from './outline.ts';
import {
  checkForm,
  checkIncoming,
  checkMessage,
  checkOperation,
  checkRunnable,
} from './reading.ts';
import type { Reading } from './reading.ts';
import { readRetry } from './retry.ts';
import { readAskedAddress } from './sends.ts';

/** Work as it is done once, whether or not it is repeated. */
type Once<W> = Omit<W, 'forEach' | 'save'>;

/** How long a message that came early is kept. (Default: 7 days) */
const KEEP = '7 days';

/** Reads what a state does; `undefined` for a state that does no work of its own. */
export function readWork(state: Outline, reading: Reading): Work | undefined {
  const { written, path } = state;
  const forEach = readForEach(state, reading);
  const inside = withItems(reading, itemsIn(written, path, reading));
  const repeated = {
    ...(forEach === undefined ? {} : { forEach }),
    save: readSet(written.save, [...path, 'save'], inside),
  };
  if (written.task !== undefined) {
    return { ...readTask(written.task, [...path, 'task'], state, reading), ...repeated };
  }
  if (written.ask !== undefined) {
    return { ...readAsk(written.ask, [...path, 'ask'], reading), ...repeated };
  }
  if (written.call !== undefined) {
    return { ...readCall(written.call, written, path, reading), ...repeated };
  }
  if (written.run !== undefined) {
    return { ...readRun(written.run, written, path, reading), ...repeated };
  }
  if (written.wait !== undefined) return readWait(written.wait, written, path, reading);
  if (written.start !== undefined) return readStart(written.start, path, reading);
  if (written.decide !== undefined) return readDecide(written.decide, written, path, reading);
  return undefined;
}

function readTask(
  written: Written<'Task'>,
  path: Path,
  state: Outline,
  reading: Reading,
): Once<TaskWork> {
  const { title, due, form } = written;
  if (form !== undefined) checkForm(form, [...path, 'form'], reading);
  return {
    kind: 'task',
    ...(title === undefined ? {} : { taskTitle: title }),
    assign: readAssign(written.assign, [...path, 'assign'], state, reading),
    form: form ?? emptyFormName(state.id),
    ...(due === undefined ? {} : { due: readDelay(due) }),
    escalate: (written.escalate ?? []).map((step, index): Escalation => {
      const at = [...path, 'escalate', index];
      const assign = readAssign(step.assign, [...at, 'assign'], state, reading);
      return { path: at, after: readDelay(step.after), assign };
    }),
    notBy: (written.notBy ?? []).flatMap((name, index) =>
      readExcluded(name, [...path, 'notBy', index], state, reading),
    ),
  };
}

function readAsk(written: Written<'Ask'>, path: Path, reading: Reading): Once<AskWork> {
  checkForm(written.form, [...path, 'form'], reading);
  checkMessage(written.message, [...path, 'message'], reading);
  return {
    kind: 'ask',
    form: written.form,
    to: readAskedAddress(written.to, [...path, 'to'], reading),
    message: written.message,
  };
}

function readCall(
  operation: string,
  written: WrittenState,
  path: Path,
  reading: Reading,
): Once<CallWork> {
  checkOperation(operation, [...path, 'call'], reading);
  return {
    kind: 'call',
    operation,
    with: readWith(written.with, [...path, 'with']),
    ...readRetry(written.retry, operation, [...path, 'retry'], reading),
  };
}

function readRun(
  workflow: string,
  written: WrittenState,
  path: Path,
  reading: Reading,
): Once<RunWork> {
  checkRunnable(workflow, [...path, 'run'], reading);
  return {
    kind: 'run',
    workflow,
    with: readWith(written.with, [...path, 'with']),
  };
}

function readStart(written: Written<'StartCases'>, path: Path, reading: Reading): StartWork {
  const at = [...path, 'start'];
  const { workflow } = written;
  if (workflow === SELF) {
    const message =
      'A case that starts another of its own kind could go on so for ever. Use `run: self`, which ends at a depth of 20.';
    reading.report.at([...at, 'workflow'], 'unknown-workflow', message);
  } else checkRunnable(workflow, [...at, 'workflow'], reading);
  const each = readEach(written, at, reading);
  return {
    kind: 'start',
    workflow,
    with: readWith(written.with, [...at, 'with']),
    ...(each === undefined ? {} : { each }),
  };
}

function readWait(
  wait: Written<'Wait'>,
  written: WrittenState,
  path: Path,
  reading: Reading,
): WaitWork {
  const at = [...path, 'wait'];
  const { report } = reading;
  const { message, messages } = wait;
  if ((message === undefined) === (messages === undefined)) {
    const told =
      'Name one message (`message: oms.orderConfirmed`) or several (`messages: [a, b]`).';
    report.atKey(at, 'wait-message', told);
  }
  const named: [string, Path][] = (messages ?? []).map((name, index) => [
    name,
    [...at, 'messages', index],
  ]);
  if (message !== undefined) named.push([message, [...at, 'message']]);
  for (const [name, place] of named) checkIncoming(name, place, reading);
  return {
    kind: 'wait',
    messages: named.map(([name]) => name),
    match: readExpression(wait.match, [...at, 'match']),
    keep: readDelay(wait.keep ?? KEEP),
    save: readSet(written.save, [...path, 'save'], reading),
  };
}

function readDecide(decision: string, written: WrittenState, path: Path, reading: Reading): Work {
  const { decisions, report } = reading;
  if (!decisions.has(decision)) {
    report.unknown([...path, 'decide'], 'unknown-decision', 'decision', decision, decisions);
  }
  return { kind: 'decide', decision, save: readSet(written.save, [...path, 'save'], reading) };
}
