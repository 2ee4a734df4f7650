/** What one operation of a counterpart does when it is called. */
export type Fault =
  | { readonly kind: 'ok' }
  /** Breaks down before it does anything. */
  | { readonly kind: 'fail' }
  /** Does its work, but never answers. */
  | { readonly kind: 'hang' }
  /** Does its work, but answers something of another shape. */
  | { readonly kind: 'wrong' }
  /** Does its work and answers after `ms` milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Turns the request down for a reason of the business. */
  | { readonly kind: 'refuse'; readonly code: string };

export type FaultKind = Fault['kind'];

/** One operation that can be told to misbehave. */
export interface FaultyOperation {
  readonly operation: string;
  readonly title: string;
  /** What it can be told. */
  readonly kinds: readonly FaultKind[];
  /** What it refuses with when no other code is given. */
  readonly refusal?: string;
  readonly fault: Fault;
}

/** How the counterparts are told to misbehave. */
export interface Faults {
  list(): readonly FaultyOperation[];
  of(operation: string): Fault;
  /** Tells an operation what to do. Answers false for an operation or kind that there is not. */
  set(operation: string, fault: Fault): boolean;
  /** Makes every operation work again. */
  clear(): void;
  /** Calls `changed` after each change of one operation. */
  watch(operation: string, changed: (fault: Fault) => void): void;
}

const ALL: readonly FaultKind[] = ['ok', 'fail', 'hang', 'wrong', 'slow', 'refuse'];
const MAY_NOT_REFUSE = ALL.filter((kind) => kind !== 'refuse');
const OK: Fault = { kind: 'ok' };

const OPERATIONS: readonly Omit<FaultyOperation, 'fault'>[] = [
  { operation: 'oms.findCustomer', title: 'Find a customer', kinds: MAY_NOT_REFUSE },
  { operation: 'oms.reserveStock', title: 'Reserve stock', kinds: ALL, refusal: 'NO_STOCK' },
  { operation: 'oms.releaseReservation', title: 'Release a reservation', kinds: MAY_NOT_REFUSE },
  { operation: 'oms.createOrder', title: 'Create an order', kinds: ALL, refusal: 'CREDIT_HOLD' },
  { operation: 'oms.getOrder', title: 'Look an order up', kinds: MAY_NOT_REFUSE },
  {
    operation: 'oms.orderConfirmed',
    title: 'Confirm an order (refuse: reject it instead)',
    kinds: ['ok', 'hang', 'wrong', 'slow', 'refuse'],
    refusal: 'OUT_OF_PRODUCTION',
  },
  {
    operation: 'pricing.lookup',
    title: 'Look prices up',
    kinds: ['ok', 'fail', 'wrong', 'refuse'],
    refusal: 'NO_PRICE',
  },
  { operation: 'mail.send', title: 'Take a mail', kinds: ['ok', 'fail', 'hang', 'slow', 'refuse'] },
];

/** Makes the switches of all counterparts; at first everything works. */
export function createFaults(): Faults {
  const faults = new Map<string, Fault>(OPERATIONS.map(({ operation }) => [operation, OK]));
  const watchers = new Map<string, (fault: Fault) => void>();
  const of = (operation: string): Fault => faults.get(operation) ?? OK;
  const change = (operation: string, fault: Fault): void => {
    faults.set(operation, fault);
    watchers.get(operation)?.(fault);
  };
  return {
    list: () => OPERATIONS.map((known) => ({ ...known, fault: of(known.operation) })),
    of,
    set: (operation, fault) => {
      const known = OPERATIONS.find((each) => each.operation === operation);
      if (known?.kinds.includes(fault.kind) !== true) return false;
      change(operation, fault);
      return true;
    },
    clear: () => {
      for (const { operation } of OPERATIONS) change(operation, OK);
    },
    watch: (operation, changed) => {
      watchers.set(operation, changed);
    },
  };
}
