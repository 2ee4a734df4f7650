import { withEmptiness } from '../../types/make-type.ts';
import { showKind } from '../../types/show.ts';
import { unify } from '../kinds.ts';
import { flowsOf, makeNode } from '../node.ts';
import { refuse } from '../refusal.ts';
import { storedRun } from '../stored-run.ts';
import type { FunctionDefinition } from './definition.ts';
import { wrongArguments } from './definition.ts';

export const OR_ELSE: FunctionDefinition = {
  name: 'orElse',
  signature: 'orElse(x, instead)',
  description: 'A value, or what counts instead where it is empty.',
  example: { formula: 'orElse(null, "none")', result: 'none' },
  check(call) {
    const [valueSyntax, insteadSyntax] = call.args;
    if (valueSyntax === undefined || insteadSyntax === undefined || call.args.length > 2) {
      throw wrongArguments(call);
    }
    const { context } = call;
    const value = context.check(valueSyntax, context, call.wanted);
    const wanted = value.type.kind === 'empty' ? call.wanted : value.type;
    const instead = context.check(insteadSyntax, context, wanted);
    const both = unify(value, instead);
    if (both === undefined) {
      const kinds = `${showKind(value.type)} and ${showKind(instead.type)}`;
      throw refuse('mixed-kinds', instead, `Both values must be of one kind, not ${kinds}.`);
    }
    const [a, b] = both.nodes;
    const [storedA, storedB] = [storedRun(a), storedRun(b)];
    return makeNode(call.syntax, {
      type: withEmptiness(both.type, b.type.mayBeEmpty),
      run: (frame) => a.run(frame) ?? b.run(frame),
      stored: (frame) => storedA(frame) ?? storedB(frame),
      flows: flowsOf([a, b]),
    });
  },
};
