import { expect } from 'chai';
import { readWorkflow } from '../../../engine/kernel/definition/read-workflow.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';
import { meridianCore } from '../../kernel/fixtures/meridian-core.ts';
import { onlineQuote } from '../../kernel/fixtures/online-quote.ts';

/** The bundled workflow. */
export function onlineQuoteWorkflow(): Workflow {
  return read('online-quote', onlineQuote.text, onlineQuote.files);
}

/** A small workflow with the given `states:`. */
export function workflowWith(states: string): Workflow {
  const head = [
    'workflow: sample',
    'title: Sample',
    'team: operations',
    'core: 1',
    'reference: S-{number}',
    'data: { note: { kind: text }, count: { kind: number } }',
    'start: { online: { form: ask, audience: public } }',
    'forms: { ask: { title: Ask, fields: [note, count], outcomes: { yes: Yes please, no: No } } }',
    'states:',
  ];
  return read('sample', [...head, indented(states)].join('\n'), {});
}

/** The same workflow with a timer that runs in every state. */
export function withEverywhere(workflow: Workflow): Workflow {
  const { root } = workflow;
  const after = root.children.find(({ id }) => id === 'awaiting-confirmation')?.after ?? [];
  return { ...workflow, root: { ...root, after } };
}

function read(name: string, text: string, files: Readonly<Record<string, string>>): Workflow {
  const { workflow, problems } = readWorkflow({ name, text, files }, meridianCore);
  expect(problems).to.deep.equal([]);
  if (workflow === undefined) throw new Error('The sample cannot be read.');
  return workflow;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
