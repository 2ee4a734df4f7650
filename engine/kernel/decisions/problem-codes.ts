/** The codes of what can be wrong with a decision table, beside those of its results. */
export const DECISION_CODES = [
  'bad-cell',
  'data-unfit',
  'decision-gap',
  'decision-overlap',
  'decision-too-wide',
  'decision-unreachable',
  'no-priority',
  'not-a-choice',
  'wrong-kind',
] as const;

export type DecisionCode = (typeof DECISION_CODES)[number];
