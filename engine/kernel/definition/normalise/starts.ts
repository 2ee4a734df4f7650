import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Form } from '../form.ts';
import type { Start } from '../workflow.ts';
import { readSet } from './expressions.ts';
import { readAudience } from './people.ts';
import { checkForm } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads all ways to start a case; one whose form has an audience needs none of its own. */
export function readStarts(
  written: Written<'Starts'>,
  forms: readonly Form[],
  reading: Reading,
): readonly Start[] {
  return Object.entries(written).flatMap(([name, start]) => readStart(name, start, forms, reading));
}

function readStart(
  name: string,
  written: Written<'Start'>,
  forms: readonly Form[],
  reading: Reading,
): readonly Start[] {
  const path = ['start', name];
  const { form, audience, run, api } = written;
  const { report } = reading;
  if ([form, run, api].filter((way) => way !== undefined).length !== 1) {
    const message = `A start has a form and its audience (\`form: …, audience: public\`), the fields that a calling workflow gives (\`run: [order]\`), or those that a program gives (\`api: [order]\`).`;
    report.atKey(path, 'start-kind', message);
    return [];
  }
  const set = readSet(written.set, [...path, 'set'], reading);
  const kind = run === undefined ? 'api' : 'run';
  const fields = run ?? api;
  if (fields !== undefined) {
    if (audience !== undefined) {
      const who = kind === 'run' ? 'another workflow' : 'a program';
      const message = `"audience" has no meaning beside "${kind}": ${who} starts it.`;
      report.atKey([...path, 'audience'], 'misplaced-key', message);
    }
    checkFields(fields, [...path, kind], reading);
    return [{ path, name, set, kind, fields }];
  }
  if (form === undefined) return [];
  checkForm(form, [...path, 'form'], reading);
  const who =
    audience === undefined
      ? forms.find((one) => one.name === form)?.audience
      : readAudience(audience, [...path, 'audience'], 'start', reading);
  if (who === undefined) {
    const message =
      '"audience" is missing: who may start it? public, customer, api or { role: … }, here or with its form.';
    report.atKey(path, 'missing-key', message);
    return [];
  }
  return [{ path, name, set, kind: 'form', form, audience: who }];
}

function checkFields(names: readonly string[], path: Path, { data, report }: Reading): void {
  for (const [index, name] of names.entries()) {
    if (data.has(name)) continue;
    report.unknown([...path, index], 'unknown-field', 'data field', name, data.keys());
  }
}
