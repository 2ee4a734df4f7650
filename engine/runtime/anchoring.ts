import type { Anchor } from '../ports/anchor.ts';
import type { Checkpoints } from '../ports/checkpoints.ts';
import type { Log } from '../ports/log.ts';

interface Parts {
  readonly anchor: Anchor;
  readonly checkpoints: Pick<Checkpoints, 'newest' | 'list'>;
  readonly log: Pick<Log, 'error'>;
}

/** Checkpoints that are written down at once. */
const PAGE = 100;

/** Writes down outside the database what it has of checkpoints, those of other hosts as well. */
export class Anchoring {
  readonly #parts: Parts;
  /** The number of the last one that is written down. */
  #written: number | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Writes down what was not yet. To be called before the first checkpoint is made, and after each. */
  async catchUp(): Promise<void> {
    const { anchor, checkpoints } = this.#parts;
    let written = (this.#written ??= await this.#begin());
    for (;;) {
      const missing = await checkpoints.list(written, PAGE);
      if (missing.length === 0) return;
      await anchor.append(missing);
      written += missing.length;
      this.#written = written;
    }
  }

  async #begin(): Promise<number> {
    const { anchor, checkpoints, log } = this.#parts;
    const last = await anchor.newest();
    if (last === undefined) return 0;
    const [known] = await checkpoints.list(last.number - 1, 1);
    if (known?.signature === last.signature) return last.number;
    log.error('the anchor has a checkpoint that the database does not have', {
      number: last.number,
      cure: 'Run "trellis audit verify --anchor FILE". After a restore, begin a new anchor file.',
    });
    return (await checkpoints.newest())?.number ?? 0;
  }
}
