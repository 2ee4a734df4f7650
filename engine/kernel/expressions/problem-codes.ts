/** The codes of what can be wrong with an expression, each with its cure in `workflows/README.md`. */
export const EXPRESSION_CODES = [
  'bad-date',
  'bad-pattern',
  'decimal-division',
  'may-be-empty',
  'missing-quotes',
  'mixed-kinds',
  'not-a-choice',
  'single-equals',
  'syntax',
  'too-big',
  'unknown-field',
  'unknown-function',
  'unknown-name',
  'unknown-state',
  'wrong-arguments',
  'wrong-kind',
  'wrong-operator',
] as const;

export type ExpressionCode = (typeof EXPRESSION_CODES)[number];
