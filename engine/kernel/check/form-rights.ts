import { showClassification } from '../classification.ts';
import type { FormField } from '../definition/form.ts';
import type { Path, Problem } from '../problem.ts';
import { leavesOf } from '../types/classify.ts';
import type { Leaf } from '../types/classify.ts';
import type { ValueType } from '../types/value-type.ts';
import type { FormUse } from './audience.ts';
import { audienceName, formUsesOf, mayRead } from './audience.ts';
import type { Checkup } from './checkup.ts';
import { keptAt, typeInForm } from './form-places.ts';
import { error } from './place.ts';

/**
 * Checks that nobody is shown, or asked for, a field that they may not read. A whole object is
 * shown without the fields that are not for this audience, so one that they may read is enough.
 */
export function checkFormRights(checkup: Checkup): readonly Problem[] {
  return formUsesOf(checkup).flatMap((use) => [
    ...checkShown(checkup, use),
    ...(use.state === undefined ? [] : checkAsked(checkup, use)),
  ]);
}

function checkShown(checkup: Checkup, use: FormUse): readonly Problem[] {
  return use.form.show.flatMap(({ path, target }) => {
    const leaves = leavesOfType(typeInForm(use.form, target, checkup.fields));
    const hidden = leaves.filter((leaf) => !mayRead(leaf.type, use.audience, checkup.core));
    const [first] = hidden;
    if (first === undefined || hidden.length < leaves.length) return [];
    return [notReadable(path, target.join('.'), first, use, 'shown')];
  });
}

function checkAsked(checkup: Checkup, use: FormUse): readonly Problem[] {
  return use.form.pages
    .flatMap((page) => page.fields)
    .filter((field) => field.scope === 'data')
    .flatMap((field) => {
      const hidden = askedLeaves(checkup, field).find(
        (leaf) => !mayRead(leaf.type, use.audience, checkup.core),
      );
      const name = field.target.join('.');
      return hidden === undefined ? [] : [notReadable(field.path, name, hidden, use, 'asked for')];
    });
}

/** What a form shows of itself when it asks for a field: for a list, its columns. */
export function askedLeaves({ fields }: Checkup, field: FormField): readonly Leaf[] {
  const columns = field.columns?.map(({ name }) => name);
  const leaves = leavesOfType(fields.typeAt(keptAt(field).join('.')));
  return columns === undefined
    ? leaves
    : leaves.filter(({ path }) => path[0] !== undefined && columns.includes(path[0]));
}

function leavesOfType(type: ValueType | undefined): readonly Leaf[] {
  return type === undefined ? [] : leavesOf(type);
}

function notReadable(
  path: Path,
  name: string,
  { type, path: inner }: Leaf,
  { audience, form, state }: FormUse,
  how: 'shown' | 'asked for',
): Problem {
  const field = [name, ...inner].join('.');
  return error(
    'not-readable',
    path,
    `"${field}" is ${showClassification(type.classification)}, and ${audienceName(audience)} may ` +
      `not read it, so it cannot be ${how} in the form "${form.name}". ` +
      'Take it out of this form, use a form of its own for this audience, or ask IT for the right to it.',
    [
      type.origin ?? field,
      `form ${form.name}`,
      ...(state ? [state.id] : []),
      audienceName(audience),
    ],
  );
}
