import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Audience } from '../people.ts';
import type { Start } from '../workflow.ts';
import { readSet } from './expressions.ts';
import { checkForm, checkRole } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads all ways to start a case. */
export function readStarts(written: Written<'Starts'>, reading: Reading): readonly Start[] {
  return Object.entries(written).flatMap(([name, start]) => readStart(name, start, reading));
}

function readStart(name: string, written: Written<'Start'>, reading: Reading): readonly Start[] {
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
  if (audience === undefined) {
    const message = '"audience" is missing: who may start it? public, customer or { role: … }.';
    report.atKey(path, 'missing-key', message);
    return [];
  }
  const who = readAudience(audience, [...path, 'audience'], reading);
  return [{ path, name, set, kind: 'form', form, audience: who }];
}

function readAudience(written: Written<'Audience'>, path: Path, reading: Reading): Audience {
  if (typeof written === 'string') return { kind: written };
  checkRole(written.role, [...path, 'role'], reading);
  return { kind: 'role', role: written.role };
}

function checkFields(names: readonly string[], path: Path, { data, report }: Reading): void {
  for (const [index, name] of names.entries()) {
    if (data.has(name)) continue;
    report.unknown([...path, index], 'unknown-field', 'data field', name, data.keys());
  }
}
