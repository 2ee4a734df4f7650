/** The hours a company works. Weekday 1 is Monday, 7 is Sunday. Minutes count from midnight. */
export interface CalendarRules {
  readonly timeZone: string;
  readonly hours: readonly {
    readonly weekday: number;
    readonly from: number;
    readonly to: number;
  }[];
  /** ISO dates on which nobody works, sorted. */
  readonly holidays: readonly string[];
}
