import type { LoadedCore, PlacedUse, ValueType } from '../../../engine/index.ts';
import { showClassification, showType, whereUsed } from '../../../engine/index.ts';
import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';

/** How deep fields inside fields are listed. */
const DEEPEST = 4;

/** Makes the list of the locked types of the core in force. */
export function typesPage({ core, view, release }: LoadedCore): Page {
  return {
    template: 'pages/types',
    title: 'Types',
    area: 'core',
    model: {
      tabs: itTabs('types'),
      release,
      types: [...core.types.values()].map(
        ({ type, title, version, owner, source, compatibility }) => ({
          type,
          href: paths.type(type),
          text: title,
          version: `Version ${version}, ${compatibility}`,
          source: source === 'here' ? 'Owned here' : `From ${source}`,
          owner,
          fields: `${Object.keys(fieldsOf(view.types.get(type)?.type)).length} fields`,
        }),
      ),
    },
  };
}

/** Makes the page of one type: its fields with their sensitivity, and who uses each. */
export function typePage(
  name: string,
  { core, view, release }: LoadedCore,
  uses: readonly PlacedUse[],
): Page {
  const file = core.types.get(name);
  const locked = view.types.get(name);
  return {
    template: 'pages/type',
    title: name,
    area: 'core',
    model: {
      typesHref: paths.types,
      name,
      title: file?.title,
      release,
      version: file?.version,
      owner: file?.owner,
      source: file?.source,
      compatibility: file?.compatibility,
      key: [file?.key ?? []].flat().join(', '),
      proposeHref: `${paths.newProposal}?file=${encodeURIComponent(`types/${name}.yaml`)}`,
      fields: fieldRows(name, locked?.type, '', 0).map((field) => {
        const found = usesIn(`${name}.${field.path}`, uses, view);
        return { ...field, uses: found.map(useView), used: used(found.length) };
      }),
      uses: whereUsed(name, uses, view)
        .filter(({ what }) => what === name || !what.startsWith(`${name}.`))
        .map(useView),
    },
  };
}

interface FieldRow {
  readonly path: string;
  readonly kind: string;
  readonly sensitivity: string;
  readonly isProtected: boolean;
}

/** The fields of a type and those inside them; of another locked type only its name. */
function fieldRows(
  owner: string,
  type: ValueType | undefined,
  before: string,
  depth: number,
): readonly FieldRow[] {
  return Object.entries(fieldsOf(type)).flatMap(([name, field]) => {
    const path = before === '' ? name : `${before}.${name}`;
    const inner = field.kind === 'list' ? field.of : field;
    const isOther = inner.kind === 'object' && inner.name !== undefined && inner.name !== owner;
    const row = {
      path,
      kind: showType(field),
      sensitivity: showClassification(field.classification),
      isProtected: field.classification.level !== 'public' || field.classification.tags.length > 0,
    };
    const inside = isOther || depth >= DEEPEST ? [] : fieldRows(owner, inner, path, depth + 1);
    return [row, ...inside];
  });
}

function fieldsOf(type: ValueType | undefined): Readonly<Record<string, ValueType>> {
  return type?.kind === 'object' ? type.fields : {};
}

/** The uses of a field; one whose name the checker does not follow has none of its own. */
function usesIn(
  name: string,
  uses: readonly PlacedUse[],
  view: LoadedCore['view'],
): readonly PlacedUse[] {
  const own = uses.filter(({ what }) => what === name || what.startsWith(`${name}.`));
  return own.length > 0 ? whereUsed(name, uses, view) : own;
}

function useView({ file, position, kind, words }: PlacedUse): object {
  const [, workflow] = /^workflows\/([^/]+)\//u.exec(file) ?? [];
  return {
    place: `${file}:${position.line}`,
    kind,
    words,
    ...(workflow === undefined ? {} : { href: paths.workflow(workflow) }),
  };
}

function used(count: number): string {
  if (count === 0) return 'Nothing uses it by itself';
  return count === 1 ? 'Used in 1 place' : `Used in ${count} places`;
}
