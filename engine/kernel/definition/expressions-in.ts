import { remembered } from '../remembered.ts';
import type { Expression } from './values.ts';
import type { Workflow } from './workflow.ts';

/** What types, schemas and places are called in the model: none of them holds an expression. */
const WITHOUT: ReadonlySet<string> = new Set(['type', 'schema', 'path']);

/** Every expression of a workflow: a value with a source and a path, wherever in the model it stands. */
export const expressionsIn = remembered((workflow: Workflow): readonly Expression[] => {
  const found = new Set<Expression>();
  collect(workflow, found);
  return [...found];
});

function collect(value: object, found: Set<Expression>): void {
  if (isExpression(value)) {
    found.add(value);
    return;
  }
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    if (typeof part === 'object' && part !== null && !WITHOUT.has(name)) collect(part, found);
  }
}

function isExpression(value: object): value is Expression {
  return 'source' in value && typeof value.source === 'string' && 'path' in value;
}
