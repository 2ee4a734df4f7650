import type { CoreView } from '../core-view.ts';
import type { SourceMap } from '../definition/source-map.ts';
import { positionsOf } from '../definition/source-map.ts';
import type { State } from '../definition/state.ts';
import type { Undo } from '../definition/work.ts';
import type { Workflow } from '../definition/workflow.ts';
import type { Flow } from '../expressions/flow.ts';
import type { Path, Position } from '../problem.ts';
import { leavesOf } from '../types/classify.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { checkupOf } from './checkup.ts';
import { withSelf } from './runnable-view.ts';
import { sentMessages } from './sent-messages.ts';
import { checkSites } from './site-check.ts';
import { checkTexts } from './text-check.ts';

/** The tag of what tells of a person. */
const PERSONAL = 'personal';

/** The addresses of people who work here. */
const OWN_ADDRESSES: readonly string[] = ['starter.email', 'actor.email'];

/** One way in which a workflow reaches beyond its own cases. */
export type Reach = {
  readonly position: Position;
  /** The file of a message's text, relative to the workspace. (Default: the workflow's own) */
  readonly file?: string;
} & (
  | { readonly kind: 'operation'; readonly name: string }
  /** It runs, starts or undoes by another workflow or a core process. */
  | { readonly kind: 'workflow'; readonly name: string }
  /** People outside fill a form, press a button or get a mail. */
  | { readonly kind: 'customer'; readonly by: 'form' | 'button' | 'mail'; readonly name: string }
  /** What is tagged `personal` goes to somebody outside: by a mail, a form or an operation. */
  | {
      readonly kind: 'personal';
      readonly by: 'form' | 'mail' | 'operation';
      readonly name: string;
      readonly field: string;
    }
);

/** Lists how a workflow that passed its check reaches beyond its own cases, in the order of its text. */
export function reachOf(workflow: Workflow, core: CoreView, map: SourceMap): readonly Reach[] {
  const checkup = checkupOf(workflow, withSelf(core, workflow), map);
  const at = (path: Path): { readonly position: Position } => ({ position: map.locate(path) });
  const all = [
    ...[...checkup.chart.states.values()].flatMap((state) => workReach(state, at)),
    ...customerReach(checkup, at),
    ...personalInputs(checkup, at),
    ...personalTexts(checkup, at),
    ...personalForms(checkup, at),
  ];
  return all.sort((a, b) => a.position.from - b.position.from);
}

type Locate = (path: Path) => { readonly position: Position };

function workReach(state: State, at: Locate): readonly Reach[] {
  const { undo } = state;
  return [
    ...(state.kind === 'call'
      ? [{ kind: 'operation', name: state.operation, ...at([...state.path, 'call']) } as const]
      : []),
    ...(state.kind === 'run'
      ? [{ kind: 'workflow', name: state.workflow, ...at([...state.path, 'run']) } as const]
      : []),
    ...(state.kind === 'start'
      ? [{ kind: 'workflow', name: state.workflow, ...at([...state.path, 'start']) } as const]
      : []),
    ...(undo === undefined ? [] : [undoReach(undo, at)]),
  ];
}

function undoReach(undo: Undo, at: Locate): Reach {
  return undo.kind === 'call'
    ? { kind: 'operation', name: undo.operation, ...at([...undo.path, 'call']) }
    : { kind: 'workflow', name: undo.workflow, ...at([...undo.path, 'run']) };
}

function customerReach(checkup: Checkup, at: Locate): readonly Reach[] {
  const { workflow, chart } = checkup;
  const by = (how: 'form' | 'button' | 'mail', name: string, path: Path): Reach => ({
    ...{ kind: 'customer', by: how, name },
    ...at(path),
  });
  const isOutside = (kind: string): boolean => kind === 'public' || kind === 'customer';
  return [
    ...workflow.starts.flatMap((start) =>
      start.kind === 'form' && isOutside(start.audience.kind)
        ? [by('form', start.form, start.path)]
        : [],
    ),
    ...[...chart.states.values()].flatMap((state) =>
      state.buttons.flatMap((button) =>
        isOutside(button.by.kind) ? [by('button', button.name, button.path)] : [],
      ),
    ),
    ...outwardMessages(checkup).map(({ message, path }) => by('mail', message, path)),
  ];
}

interface OutwardMessage {
  readonly message: string;
  readonly path: Path;
}

/** The messages that go to an address which is not that of somebody who works here. */
function outwardMessages(checkup: Checkup): readonly OutwardMessage[] {
  return sentMessages(checkup).filter(
    ({ role, address }) => role === undefined && !OWN_ADDRESSES.includes(address ?? ''),
  );
}

/** Personal values that are given to an operation of a system that is not the house's own. */
function personalInputs(checkup: Checkup, at: Locate): readonly Reach[] {
  return checkSites(checkup).sites.flatMap(({ purpose, expression, checked }): readonly Reach[] => {
    if (purpose.kind !== 'input') return [];
    if (checkup.core.operations.get(purpose.receiver)?.outside !== true) return [];
    return personalIn(checked.flows).map((field) => ({
      ...{ kind: 'personal', by: 'operation', name: purpose.receiver, field },
      ...at(expression.path),
    }));
  });
}

/** Personal values in the texts of mails to people outside. */
function personalTexts(checkup: Checkup, at: Locate): readonly Reach[] {
  const { shownBy, named } = checkTexts(checkup);
  const names = new Set(outwardMessages(checkup).map(({ message }) => message));
  return checkup.workflow.messages
    .filter(({ name }) => names.has(name))
    .flatMap(({ name, path }) =>
      personalIn(shownBy.get(name) ?? []).map((field): Reach => {
        const shown = { kind: 'personal', by: 'mail', name, field } as const;
        const place = named.find(
          (one) => one.what === field && one.path.join().startsWith(path.join()),
        );
        if (place?.file === undefined) return { ...shown, ...at(path) };
        const position = positionsOf(place.source)(place.from, place.to);
        return { ...shown, file: place.file, position };
      }),
    );
}

/** Personal values that a form shows to people outside. */
function personalForms({ chart, forms, fields }: Checkup, at: Locate): readonly Reach[] {
  const asked = [...chart.states.values()].flatMap((state) =>
    state.kind === 'ask' ? [state.form] : [],
  );
  return [...new Set(asked)].flatMap((name) =>
    (forms.get(name)?.show ?? []).flatMap(({ target, path }) => {
      const type = fields.typeAt(target.join('.'));
      return (type === undefined ? [] : personalOf(target.join('.'), type)).map((field): Reach => ({
        ...{ kind: 'personal', by: 'form', name, field },
        ...at(path),
      }));
    }),
  );
}

function personalIn(flows: readonly Flow[]): readonly string[] {
  return [...new Set(flows.flatMap(({ path, type }) => personalOf(path, type)))];
}

/** The personal fields that a value holds: by the names of the core, else as the workflow calls them. */
function personalOf(name: string, type: ValueType): readonly string[] {
  return leavesOf(type).flatMap((leaf) =>
    leaf.type.classification.tags.includes(PERSONAL)
      ? [leaf.type.origin ?? [name, ...leaf.path].join('.')]
      : [],
  );
}
