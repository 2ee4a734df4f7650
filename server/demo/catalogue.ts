/** What Meridian sells, as both its order management and its price database know it. */
export interface Article {
  readonly sku: string;
  readonly name: string;
  /** Pieces in stock. */
  readonly stock: number;
  /** Net prices in cents by price list; an article without any is priced by hand. */
  readonly cents: Readonly<Record<string, number>>;
}

export const ARTICLES: readonly Article[] = [
  { sku: 'A1', name: 'Bearing block', stock: 20_000, cents: { P1: 4000, P2: 3600, P3: 3400 } },
  {
    sku: 'A2',
    name: 'Bearing block, sealed',
    stock: 8_000,
    cents: { P1: 5250, P2: 4725, P3: 4450 },
  },
  { sku: 'B1', name: 'Drive shaft 20 mm', stock: 12_000, cents: { P1: 1999, P2: 1799, P3: 1699 } },
  { sku: 'B2', name: 'Drive shaft 32 mm', stock: 6_000, cents: { P1: 3495, P2: 3145, P3: 2990 } },
  { sku: 'C1', name: 'Coupling', stock: 30_000, cents: { P1: 725, P2: 650, P3: 610 } },
  { sku: 'D1', name: 'Gear motor', stock: 400, cents: { P1: 28_900, P2: 26_000, P3: 24_500 } },
  { sku: 'S1', name: 'Special fitting, made to order', stock: 1_000_000, cents: {} },
];

/** The customers that order management knows; any other company is a new one. */
export interface KnownCustomer {
  readonly id: string;
  readonly legalName: string;
  readonly email: string;
  readonly segment: 'key' | 'oem' | 'retail';
}

export const CUSTOMERS: readonly KnownCustomer[] = [
  {
    id: '5b0e0f57-2f5f-4a0e-9d5c-0c3f3c1f9b11',
    legalName: 'Ada Ltd',
    email: 'a@ada.example',
    segment: 'retail',
  },
  {
    id: '8f6f1a52-0d7e-4f6e-8f55-0d9d5c8d2a10',
    legalName: 'Bo BV',
    email: 'b@bo.example',
    segment: 'key',
  },
  {
    id: '1c9d3a7e-64b5-4a53-8a1b-7f0d2e6c4b33',
    legalName: 'Cleo Machines GmbH',
    email: 'c@cleo.example',
    segment: 'oem',
  },
];

/** Which price list a segment buys from. */
export const PRICE_LISTS = { retail: 'P1', key: 'P2', oem: 'P3' } as const;
