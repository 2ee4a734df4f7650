import { setImmediate as takeTurns } from 'node:timers/promises';
import { coreFileUsesOf } from '../governance/uses/core-uses.ts';
import type { PlacedUse } from '../governance/uses/placed-use.ts';
import { usesOf } from '../governance/uses/workflow-uses.ts';
import { readWorkflow } from '../kernel/definition/read-workflow.ts';
import type { Registry } from '../ports/registry.ts';
import type { Catalogue, LoadedCore } from './catalogue.ts';

interface Parts {
  readonly registry: Pick<Registry, 'release'>;
  readonly catalogue: Pick<Catalogue, 'list' | 'newest'>;
}

/** Everything that uses something of the core in force: its own files, and the newest workflows. */
export class UsesInForce {
  readonly #parts: Parts;
  #known: { readonly key: string; readonly uses: Promise<readonly PlacedUse[]> } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The uses, looked for once for each state of the core and the workflows. */
  of(core: LoadedCore): Promise<readonly PlacedUse[]> {
    const versions = this.#parts.catalogue.list().map(({ name, version }) => `${name}@${version}`);
    const key = [core.release, ...versions].join(' ');
    if (this.#known?.key === key) return this.#known.uses;
    const uses = this.#find(core);
    this.#known = { key, uses };
    uses.catch(() => {
      if (this.#known?.key === key) this.#known = undefined;
    });
    return uses;
  }

  async #find({ release, view }: LoadedCore): Promise<readonly PlacedUse[]> {
    const { registry, catalogue } = this.#parts;
    const stored = await registry.release(release);
    const found: PlacedUse[] = [];
    // Each file, and each workflow, takes a few milliseconds, and others wait.
    for (const [file, text] of Object.entries(stored?.files ?? {})) {
      found.push(...coreFileUsesOf(file, text, view));
      await takeTurns();
    }
    for (const { name } of catalogue.list()) {
      const { published, core } = await catalogue.newest(name);
      const { source } = published;
      const { workflow, map } = readWorkflow(source, core.view, { isChecked: true });
      if (workflow !== undefined)
        found.push(...usesOf({ name, text: source.text, workflow, core: core.view, map }));
      await takeTurns();
    }
    return found;
  }
}
