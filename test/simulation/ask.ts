/** Asks somebody else for something, by a name for it. */
export type Ask = <Answer>(what: string, ask: () => Promise<Answer>) => Promise<Answer>;
