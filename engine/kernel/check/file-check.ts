import type { Problem } from '../problem.ts';
import { holdsFile } from '../types/file-type.ts';
import { formUsesOf } from './audience.ts';
import type { Checkup } from './checkup.ts';
import { typeInForm } from './form-places.ts';
import { error } from './place.ts';
import type { CheckedSite } from './site-check.ts';

/** Checks that files stay inside: only people give them, in forms, and no other system is given one. */
export function checkFiles(checkup: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  return [...filesOfSystems(checkup, sites), ...filesOfPrograms(checkup)];
}

/** A program fills forms too, and could never fill one that must have a file. */
function filesOfPrograms(checkup: Checkup): readonly Problem[] {
  return formUsesOf(checkup).flatMap(({ form, audience, path }) => {
    if (audience.kind !== 'api') return [];
    const fields = form.pages.flatMap((page) => page.fields);
    const file = fields.find(({ required, target, own }) => {
      const type = own?.type ?? typeInForm(form, target, checkup.fields);
      return required && type !== undefined && holdsFile(type);
    });
    if (file === undefined) return [];
    const message =
      `The form "${form.name}" must have the file "${file.target.join('.')}", and a program cannot give one. ` +
      'Use a form of its own here, or let the file be left out (required: false).';
    return [error('file-by-program', path, message)];
  });
}

function filesOfSystems({ core }: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  return sites.flatMap((site) => {
    const { purpose, expression, checked } = site;
    if (!holdsFile(checked.type)) return [];
    if (purpose.kind === 'input' && core.operations.has(purpose.receiver)) {
      const message =
        `“${purpose.receiver}” would be given a file, and an operation cannot take one. ` +
        'Give it what it needs to know of the file, like its name.';
      return [error('file-to-operation', expression.path, message)];
    }
    const source = purpose.kind === 'write' ? sourceOutside(site) : undefined;
    if (source === undefined) return [];
    const message = `"${source}" comes from another system, and only a person can give a file. Ask for it in a form.`;
    return [error('file-from-outside', expression.path, message)];
  });
}

/** What is read of another system's answer or message. */
function sourceOutside({ checked, state }: CheckedSite): string | undefined {
  const names = state?.kind === 'call' ? ['message', 'result', 'results'] : ['message'];
  return checked.reads.find((path) => names.includes(path.split('.', 1)[0] ?? ''));
}
