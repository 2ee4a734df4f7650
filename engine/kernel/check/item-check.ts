import type { ForEach } from '../definition/work.ts';
import type { Form } from '../definition/form.ts';
import type { State } from '../definition/state.ts';
import type { Path, Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { choicesOf } from './choices.ts';
import { covers } from './filled-fields.ts';
import { keptAt } from './form-places.ts';
import { assignable } from '../types/assignable.ts';
import type { ValueType } from '../types/value-type.ts';
import { forEachOf } from '../definition/for-each-of.ts';
import { formOf } from './outcomes.ts';
import { error, warning } from './place.ts';
import { stateTitle } from './state-title.ts';

/** Checks that what `forEach` goes through stays what it is, and that its forms know their item. */
export function checkItems(checkup: Checkup): readonly Problem[] {
  const states = [...checkup.chart.states.values()];
  return [
    ...states.flatMap((state) => {
      const forEach = forEachOf(state);
      if (forEach === undefined) return [];
      return [...listChanges(checkup, state, forEach), ...failedNeverRead(state, forEach)];
    }),
    ...checkup.workflow.forms.flatMap((form) => usedElsewhere(checkup, form)),
  ];
}

/** Items are known by their place in the list: while a state goes through it, only `add` changes that. */
function listChanges(checkup: Checkup, state: State, { list }: ForEach): readonly Problem[] {
  if (list === undefined) return [];
  const name = list.join('.');
  return writesWhileIn(checkup, state)
    .filter(({ field }) => covers(field, name))
    .map(({ path }) =>
      error(
        'list-in-use',
        path,
        `“${stateTitle(state)}” goes through "${name}" item by item, and this would change the list on the way. ` +
          'Write a field of the item, give one more item by "add", or change the list before or afterwards.',
      ),
    );
}

interface Write {
  readonly field: string;
  readonly path: Path;
}

function writesWhileIn({ chart, forms }: Checkup, state: State): readonly Write[] {
  const staying = [state, ...chart.ancestorsOf(state.id)]
    .flatMap(choicesOf)
    .flatMap(({ rules }) => rules)
    .filter(({ to }) => to === undefined)
    .flatMap(({ set }) => set);
  const saved = 'save' in state ? state.save : [];
  const asked = forms.get(formOf(state) ?? '')?.pages.flatMap(({ fields }) => fields) ?? [];
  return [
    ...[...staying, ...saved].map(({ target, path }) => ({ field: target.join('.'), path })),
    ...asked
      .filter(({ scope }) => scope === 'data')
      .map((field) => ({ field: keptAt(field).join('.'), path: field.path })),
  ];
}

function failedNeverRead({ failed }: State, { onItemFailed }: ForEach): readonly Problem[] {
  const [rule] = failed;
  if (rule === undefined || onItemFailed === 'fail') return [];
  return [
    warning(
      'rule-never-read',
      rule.path,
      'This rule is never read: an item that fails is ' +
        (onItemFailed === 'skip' ? 'skipped. ' : 'an incident for a person. ') +
        'Write "onItemFailed: fail" under "forEach", or take the rule away.',
    ),
  ];
}

/** A form that names an item can be filled only where there is one. */
function usedElsewhere({ workflow, chart }: Checkup, form: Form): readonly Problem[] {
  return form.items
    .filter(({ name }) => namesItem(form, name))
    .flatMap(({ name, list, type }) => {
      const others = [...chart.states.values()].filter((state) => {
        const own = forEachOf(state);
        const isSame =
          own?.item === name &&
          own.list?.join('.') === list?.join('.') &&
          isSameType(own.type, type);
        return formOf(state) === form.name && !isSame;
      });
      const starts = workflow.starts.filter(
        (start) => start.kind === 'form' && start.form === form.name,
      );
      return [
        ...others.map((state) => ({ path: state.path, title: stateTitle(state) })),
        ...starts.map((start) => ({ path: start.path, title: start.name })),
      ].map(({ path, title }) =>
        error(
          'item-elsewhere',
          path,
          `The form "${form.name}" is about "${name}", one item of a list, and “${title}” does not go ` +
            'through that list. Use a form of its own here.',
        ),
      );
    });
}

/** The type of a list that is worked out is worked out for every state anew. */
function isSameType(a: ValueType, b: ValueType): boolean {
  return a === b || (assignable(a, b).length === 0 && assignable(b, a).length === 0);
}

function namesItem({ show, pages, rules }: Form, name: string): boolean {
  const fields = pages.flatMap((page) => page.fields);
  const word = new RegExp(`\\b${name}\\b`);
  return (
    [...show, ...fields].some(({ target }) => target[0] === name) ||
    rules.some(({ must, at }) => at?.[0] === name || word.test(must.source)) ||
    fields.some(({ when }) => when !== undefined && word.test(when.source))
  );
}
