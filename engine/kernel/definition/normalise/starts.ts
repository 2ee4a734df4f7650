import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Form } from '../form.ts';
import type { Start } from '../workflow.ts';
import { holdsFile } from '../../types/file-type.ts';
import type { DataPath } from '../values.ts';
import { readDataPath, typeAt } from './data-paths.ts';
import { readExpression, readSet } from './expressions.ts';
import { readAudience } from './people.ts';
import { readSchedule } from './schedules.ts';
import { checkForm, checkIncoming } from './reading.ts';
import type { Reading } from './reading.ts';

/** The keys of a start that say by what a case begins, with who or what then begins it. */
const WAYS = {
  form: 'a person',
  message: 'another system',
  run: 'another workflow',
  api: 'a program',
  schedule: 'the clock',
} as const;

type Way = keyof typeof WAYS;

const WAY_NAMES = Object.keys(WAYS) as readonly Way[];

/** What may stand beside one way alone. */
const BESIDE: Readonly<Partial<Record<keyof Written<'Start'>, Way>>> = {
  audience: 'form',
  save: 'message',
  zone: 'schedule',
};

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
  const ways = WAY_NAMES.filter((way) => written[way] !== undefined);
  const [way, ...others] = ways;
  if (way === undefined || others.length > 0) {
    const message =
      'A start says by what a case begins: a form and its audience (`form: …, audience: public`), a message ' +
      '(`message: oms.orderRejected`), the fields that a calling workflow gives (`run: [order]`), those that ' +
      "a program gives (`api: [order]`), or by the clock (`schedule: '0 7 * * MON-FRI'`).";
    reading.report.atKey(path, 'start-kind', message);
    return [];
  }
  checkBeside(way, written, path, reading);
  const { once } = written;
  const begun = readWay(way, written, path, forms, reading);
  if (begun === undefined) return [];
  const shared = {
    ...{ path, name, set: readSet(written.set, [...path, 'set'], reading) },
    ...(once === undefined ? {} : { once: readExpression(once, [...path, 'once']) }),
  };
  return [{ ...shared, ...begun }];
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Begun = DistributiveOmit<Start, 'path' | 'name' | 'set' | 'once'>;

function readWay(
  way: Way,
  written: Written<'Start'>,
  path: Path,
  forms: readonly Form[],
  reading: Reading,
): Begun | undefined {
  const { form, message, save, run, api } = written;
  if (way === 'form')
    return form === undefined ? undefined : readForm(form, written, path, forms, reading);
  if (way === 'message') {
    if (message === undefined) return undefined;
    checkIncoming(message, [...path, 'message'], reading);
    return { kind: 'message', message, save: readSet(save, [...path, 'save'], reading) };
  }
  if (way === 'schedule') return readSchedule(written, path, reading);
  if (way === 'run') {
    checkFields(run ?? [], [...path, way], reading);
    return { kind: way, fields: run ?? [] };
  }
  const fields = api ?? [];
  for (const [index, name] of fields.entries()) {
    const at = [...path, way, index];
    refuseFile(readDataPath(name, at, reading, 'value'), at, reading);
  }
  return { kind: way, fields };
}

/** What a program sends is read as it is, and a file is stored by an upload alone. */
function refuseFile(target: DataPath, path: Path, reading: Reading): void {
  const type = typeAt(target, reading);
  if (type === undefined || !holdsFile(type)) return;
  const name = target.join('.');
  const message = `"${name}" holds a file, and a program cannot give one. Take it out here and ask for it in a form.`;
  reading.report.at(path, 'file-by-program', message);
}

function readForm(
  form: string,
  { audience }: Written<'Start'>,
  path: Path,
  forms: readonly Form[],
  reading: Reading,
): Begun | undefined {
  checkForm(form, [...path, 'form'], reading);
  const who =
    audience === undefined
      ? forms.find((one) => one.name === form)?.audience
      : readAudience(audience, [...path, 'audience'], 'start', reading);
  if (who === undefined) {
    const message =
      '"audience" is missing: who may start it? public, customer, api or { role: … }, here or with its form.';
    reading.report.atKey(path, 'missing-key', message);
    return undefined;
  }
  return { kind: 'form', form, audience: who };
}

function checkBeside(way: Way, written: Written<'Start'>, path: Path, { report }: Reading): void {
  for (const [key, meant] of Object.entries(BESIDE)) {
    if (meant === way || written[key as keyof Written<'Start'>] === undefined) continue;
    const message = `"${key}" has no meaning beside "${way}": ${WAYS[way]} starts it. It belongs to a start by "${meant}".`;
    report.atKey([...path, key], 'misplaced-key', message);
  }
}

function checkFields(names: readonly string[], path: Path, { data, report }: Reading): void {
  for (const [index, name] of names.entries()) {
    if (data.has(name)) continue;
    report.unknown([...path, index], 'unknown-field', 'data field', name, data.keys());
  }
}
