import { MAIL_OPERATION, leavesOf } from '../../engine/index.ts';
import type { Definition, PlacedUse, Workflow } from '../../engine/index.ts';
import type { Site } from '../routes/site.ts';

/** What is known of one workflow: whose it is, how it is used, and what it touches. */
export interface InventoryItem {
  readonly workflow: Workflow;
  readonly name: string;
  readonly version: number;
  readonly release: string;
  /** Cases that are not finished, of all its versions. */
  readonly running: number;
  /** When its newest case began; absent where there is none. */
  readonly lastUsed?: number;
  /** The fields of its data that tell of a person. */
  readonly personal: readonly string[];
  /** The connectors to other systems that it calls, hears messages from or mails by, sorted. */
  readonly systems: readonly string[];
}

/** The tag of what tells of a person. */
const PERSONAL = 'personal';

/** Gathers what is known of some workflows, by their names. */
export async function inventoryOf(
  { host, uses }: Pick<Site, 'host' | 'uses'>,
  names: readonly string[],
): Promise<readonly InventoryItem[]> {
  const { catalogue, store, core } = host;
  const [all, inUse] = await Promise.all([uses.of(core), store.cases.versionsInUse()]);
  return Promise.all(
    names.map(async (name): Promise<InventoryItem> => {
      const definition = await catalogue.newest(name);
      const { rows } = await store.worklist.cases({ workflow: name }, undefined, 1);
      const [newest] = rows;
      const { version, release } = definition.published;
      return {
        ...{ workflow: definition.compiled.workflow, name, version, release },
        running: inUse
          .filter(({ workflow }) => workflow === name)
          .reduce((sum, { cases }) => sum + cases, 0),
        ...(newest === undefined ? {} : { lastUsed: newest.createdAt }),
        personal: personalFields(definition),
        systems: systemsOf(name, definition, all),
      };
    }),
  );
}

function personalFields({ compiled }: Definition): readonly string[] {
  return compiled.workflow.data
    .filter(({ type }) =>
      leavesOf(type).some(({ type: leaf }) => leaf.classification.tags.includes(PERSONAL)),
    )
    .map(({ name }) => name);
}

function systemsOf(
  name: string,
  { core, compiled }: Definition,
  uses: readonly PlacedUse[],
): readonly string[] {
  const { operations, messages } = core.view;
  const own = uses
    .filter(({ file }) => file.startsWith(`workflows/${name}/`))
    .map(({ what }) => what)
    .filter((what) => operations.has(what) || messages.has(what));
  const mails = compiled.workflow.messages.length > 0 ? [MAIL_OPERATION] : [];
  const connectors = [...own, ...mails].map((what) => what.slice(0, what.indexOf('.')));
  // Records are kept here.
  return [...new Set(connectors)]
    .filter((connector) => core.core.connectors.get(connector)?.kind !== 'records')
    .sort();
}
