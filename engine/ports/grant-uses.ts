/** How often what was granted with a quota has been used, the same for all hosts. */
export interface GrantUses {
  /**
   * Counts one use of a grant on a day (an ISO date in the company's zone), where it was used fewer
   * than `limit` times; answers whether it was. Durable before it answers: a call is counted before it
   * is made, so that no host makes one too many.
   */
  take(grant: string, day: string, limit: number): Promise<boolean>;
  /** How often each grant was used on a day. */
  usedOn(day: string): Promise<ReadonlyMap<string, number>>;
}
