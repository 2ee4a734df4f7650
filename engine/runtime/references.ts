import type { Cases } from '../ports/cases.ts';

/** How many numbers are taken from the store at once; those left at a stop are never used. */
const BLOCK = 20;
/** How many at most, where cases begin so fast that a block does not last a second. */
const LARGEST_BLOCK = 640;

interface Block {
  next: number;
  readonly end: number;
}

/** When numbers were taken last (epoch milliseconds), and how many. */
interface Taken {
  readonly at: number;
  readonly size: number;
}

/** Makes the references that people call cases by; unique, not gapless. */
export class References {
  readonly #cases: Pick<Cases, 'nextNumber'>;
  readonly #blocks = new Map<string, Promise<Block>>();
  readonly #taken = new Map<string, Taken>();
  readonly #years = new Map<string, Intl.DateTimeFormat>();

  constructor(cases: Pick<Cases, 'nextNumber'>) {
    this.#cases = cases;
  }

  /** Fills `{year}` and `{number}` of a workflow's pattern. */
  async next(workflow: string, pattern: string, now: number, timeZone: string): Promise<string> {
    const number = await this.#number(workflow, now);
    const year = this.#yearIn(timeZone).format(now);
    return pattern.replaceAll('{year}', year).replaceAll('{number}', String(number));
  }

  /** One for each zone: making one takes longer than everything else here. */
  #yearIn(timeZone: string): Intl.DateTimeFormat {
    const known = this.#years.get(timeZone);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone });
    this.#years.set(timeZone, made);
    return made;
  }

  async #number(workflow: string, now: number): Promise<number> {
    for (;;) {
      const taking = this.#blocks.get(workflow) ?? this.#take(workflow, now);
      const block = await taking;
      if (block.next < block.end) {
        block.next += 1;
        return block.next - 1;
      }
      if (this.#blocks.get(workflow) === taking) this.#blocks.delete(workflow);
    }
  }

  #take(workflow: string, now: number): Promise<Block> {
    const before = this.#taken.get(workflow);
    const isFast = before !== undefined && now - before.at < 1000;
    const size = isFast ? Math.min(before.size * 2, LARGEST_BLOCK) : BLOCK;
    this.#taken.set(workflow, { at: now, size });
    const taking = this.#cases
      .nextNumber(workflow, size)
      .then((first): Block => ({ next: first, end: first + size }));
    this.#blocks.set(workflow, taking);
    taking.catch(() => this.#blocks.delete(workflow));
    return taking;
  }
}
