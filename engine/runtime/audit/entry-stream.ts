import type { StoredEntry } from '../../ports/audit.ts';

type Key = Pick<StoredEntry, 'caseId' | 'seq'>;

/** Entries that are read at once. */
const PAGE = 2_000;

/** Entries one after the other, read many at a time, by the id of their case and their number. */
export class EntryStream {
  readonly #read: (after: Key, limit: number) => Promise<readonly StoredEntry[]>;
  readonly #most: number;
  #after: Key;
  #page: readonly StoredEntry[] = [];
  #at = 0;
  #isOver = false;
  /** The page behind, which the database reads while this one is looked at. */
  #ahead: Promise<readonly StoredEntry[]> | undefined;

  /** Reads what lies behind `after`, `most` at once. (Default: 2,000) */
  constructor(
    read: (after: Key, limit: number) => Promise<readonly StoredEntry[]>,
    after: Key,
    most = PAGE,
  ) {
    this.#read = read;
    this.#most = most;
    this.#after = after;
  }

  /** Gives all entries of the case that is next; answers how many there were. */
  async takeCase(id: string, take: (entry: StoredEntry) => void): Promise<number> {
    let taken = 0;
    for (let next = await this.#peek(); next?.caseId === id; next = await this.#peek()) {
      take(next);
      taken += 1;
      this.#at += 1;
    }
    return taken;
  }

  /** Passes over entries up to those of a case (absent: over all); answers the cases they name. */
  async skipTo(id: string | undefined): Promise<ReadonlySet<string>> {
    const passed = new Set<string>();
    for (let next = await this.#peek(); next !== undefined; next = await this.#peek()) {
      if (id !== undefined && next.caseId >= id) break;
      passed.add(next.caseId);
      this.#at += 1;
    }
    return passed;
  }

  // Not async: nearly always the entry is there already, and there are very many.
  #peek(): StoredEntry | undefined | Promise<StoredEntry | undefined> {
    return this.#page[this.#at] ?? (this.#isOver ? undefined : this.#next());
  }

  async #next(): Promise<StoredEntry | undefined> {
    this.#page = await (this.#ahead ?? this.#read(this.#after, this.#most));
    this.#at = 0;
    const last = this.#page.at(-1);
    // An id that is no text of the database would lead round in a circle.
    this.#isOver =
      this.#page.length < this.#most || last === undefined || !isAfter(last, this.#after);
    if (last !== undefined) this.#after = { caseId: last.caseId, seq: last.seq };
    this.#ahead = this.#isOver ? undefined : this.#read(this.#after, this.#most);
    // What it fails by is thrown where the page is asked for; until then nobody waits for it.
    this.#ahead?.catch(() => undefined);
    return this.#page[0];
  }
}

function isAfter(one: Key, other: Key): boolean {
  return one.caseId > other.caseId || (one.caseId === other.caseId && one.seq > other.seq);
}
