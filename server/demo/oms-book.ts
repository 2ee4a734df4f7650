import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

export interface Order {
  readonly orderNo: string;
  readonly quoteNo: string;
  readonly status: 'open' | 'confirmed' | 'cancelled';
  readonly promisedDate?: string;
}

export interface ReservedLine {
  readonly sku: string;
  readonly qty: number;
}

export interface Reservation {
  readonly id: string;
  readonly quoteNo?: string;
  readonly idempotencyKey?: string;
  readonly lines: readonly ReservedLine[];
  readonly released: boolean;
}

/** An order whose confirmation (or rejection) has not been delivered yet. */
export interface Pending {
  readonly quoteNo: string;
  readonly messageId: string;
}

/** Everything that order management knows. */
export interface Book {
  readonly orders: readonly Order[];
  readonly reservations: readonly Reservation[];
  readonly pending: readonly Pending[];
}

/** The book, kept in one file. */
export interface KeptBook {
  read(): Book;
  /** Replaces the book; it is on the disk before this returns. */
  write(book: Book): void;
}

const EMPTY: Book = { orders: [], reservations: [], pending: [] };

/** Opens the book in a JSON file; a file that is not there is an empty book. */
export function openBook(file: string): KeptBook {
  let book = load(file);
  return {
    read: () => book,
    write: (next) => {
      const beside = `${file}.new`;
      const handle = openSync(beside, 'w');
      try {
        writeSync(handle, JSON.stringify(next));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(beside, file);
      book = next;
    },
  };
}

function load(file: string): Book {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Book;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return EMPTY;
    throw new Error(
      `The demo's order book ${file} cannot be read. Remove the file to begin with an empty one.`,
      { cause: error },
    );
  }
}
