import { createHash, randomUUID } from 'node:crypto';
import { ARTICLES, CUSTOMERS, PRICE_LISTS } from './catalogue.ts';
import type { KeptBook, Order, Reservation, ReservedLine } from './oms-book.ts';

/** What order management answers: a status and a body, `{ code }` where it refuses. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The work of order management, on its book. */
export interface Desk {
  findCustomer(body: Fields): Answer;
  reserveStock(body: Fields, idempotencyKey: string | undefined): Answer;
  releaseReservation(id: string): Answer;
  createOrder(body: Fields): Answer;
  getOrder(quoteNo: string): Answer;
  /** Confirms (or, without a date, cancels) an order whose message was delivered. */
  settle(quoteNo: string, promisedDate: string | undefined): void;
}

const MALFORMED: Answer = { status: 400, body: { code: 'MALFORMED' } };
const FIRST_ORDER = 10_001;

export function createDesk(book: KeptBook): Desk {
  return {
    findCustomer: ({ email, legalName }) =>
      typeof email === 'string' && typeof legalName === 'string'
        ? { status: 200, body: customerFor(email) }
        : MALFORMED,
    reserveStock: (body, idempotencyKey) => reserve(book, body, idempotencyKey),
    releaseReservation: (id) => release(book, id),
    createOrder: ({ quoteNo }) => (typeof quoteNo === 'string' ? order(book, quoteNo) : MALFORMED),
    getOrder: (quoteNo) => {
      const found = book.read().orders.find((each) => each.quoteNo === quoteNo);
      return found === undefined
        ? { status: 404, body: { code: 'NO_SUCH_ORDER' } }
        : { status: 200, body: { order: found } };
    },
    settle: (quoteNo, promisedDate) => {
      const { orders, pending, reservations } = book.read();
      book.write({
        reservations,
        pending: pending.filter((each) => each.quoteNo !== quoteNo),
        orders: orders.map((each) =>
          each.quoteNo === quoteNo ? settled(each, promisedDate) : each,
        ),
      });
    },
  };
}

function settled(order: Order, promisedDate: string | undefined): Order {
  return promisedDate === undefined
    ? { ...order, status: 'cancelled' }
    : { ...order, status: 'confirmed', promisedDate };
}

/** A company that is not known yet is a retail customer, and always the same one. */
function customerFor(email: string): Fields {
  const address = email.trim().toLowerCase();
  const known = CUSTOMERS.find((customer) => customer.email === address);
  const segment = known?.segment ?? 'retail';
  return { id: known?.id ?? idFor(address), segment, priceListId: PRICE_LISTS[segment] };
}

function idFor(address: string): string {
  const hex = createHash('sha256').update(address).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function reserve(book: KeptBook, body: Fields, idempotencyKey: string | undefined): Answer {
  const lines = readLines(body['lines']);
  if (lines === undefined) return MALFORMED;
  const { orders, pending, reservations } = book.read();
  const quoteNo = typeof body['quoteNo'] === 'string' ? body['quoteNo'] : undefined;
  const held = reservations.find(
    (each) =>
      (idempotencyKey !== undefined && each.idempotencyKey === idempotencyKey) ||
      (!each.released &&
        (each.id === body['reservationId'] || (quoteNo !== undefined && each.quoteNo === quoteNo))),
  );
  if (held !== undefined) return { status: 200, body: { id: held.id } };
  const refusal = shortage(lines, reservations);
  if (refusal !== undefined) return { status: 409, body: { code: refusal } };
  const made: Reservation = {
    id: `R-${randomUUID()}`,
    lines,
    released: false,
    ...(quoteNo === undefined ? {} : { quoteNo }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
  book.write({ orders, pending, reservations: [...reservations, made] });
  return { status: 201, body: { id: made.id } };
}

function shortage(
  lines: readonly ReservedLine[],
  reservations: readonly Reservation[],
): 'UNKNOWN_SKU' | 'NO_STOCK' | undefined {
  const held = reservations.filter((each) => !each.released).flatMap((each) => each.lines);
  for (const { sku } of lines) {
    const article = ARTICLES.find((each) => each.sku === sku);
    if (article === undefined) return 'UNKNOWN_SKU';
    const wanted = [...held, ...lines].filter((line) => line.sku === sku);
    if (wanted.reduce((sum, line) => sum + line.qty, 0) > article.stock) return 'NO_STOCK';
  }
  return undefined;
}

function readLines(value: unknown): readonly ReservedLine[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const lines = value.map((line: unknown) => readLine(line));
  return lines.every((line) => line !== undefined) ? lines : undefined;
}

function readLine(line: unknown): ReservedLine | undefined {
  if (typeof line !== 'object' || line === null) return undefined;
  const { sku, qty } = line as Readonly<Record<string, unknown>>;
  return typeof sku === 'string' && Number.isInteger(qty) ? { sku, qty: Number(qty) } : undefined;
}

/** What is released already stays so: taking back twice is taking back once. */
function release(book: KeptBook, id: string): Answer {
  const { orders, pending, reservations } = book.read();
  if (reservations.some((each) => each.id === id && !each.released)) {
    book.write({
      orders,
      pending,
      reservations: reservations.map((each) =>
        each.id === id ? { ...each, released: true } : each,
      ),
    });
  }
  return { status: 200, body: { released: true } };
}

/** A quote becomes one order, however often it is asked for. */
function order(book: KeptBook, quoteNo: string): Answer {
  const { orders, pending, reservations } = book.read();
  const found = orders.find((each) => each.quoteNo === quoteNo);
  if (found !== undefined) return { status: 200, body: { order: found } };
  const made: Order = {
    orderNo: `O-${FIRST_ORDER + orders.length}`,
    quoteNo,
    status: 'open',
  };
  book.write({
    reservations,
    orders: [...orders, made],
    pending: [...pending, { quoteNo, messageId: `msg_${randomUUID()}` }],
  });
  return { status: 201, body: { order: made } };
}
