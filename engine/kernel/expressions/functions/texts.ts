import { TEXT, YES_NO } from '../../types/make-type.ts';
import type { ValueType } from '../../types/value-type.ts';
import { toStored } from '../../values/stored.ts';
import type { LinearPattern } from '../../validator/re2-engine.ts';
import { linearPattern } from '../../validator/re2-engine.ts';
import { membership } from '../compare.ts';
import { needed } from '../emptiness.ts';
import type { Frame } from '../frame.ts';
import { spend, spendText } from '../frame.ts';
import type { Node } from '../node.ts';
import { makeNode } from '../node.ts';
import { refuse } from '../refusal.ts';
import type { Call, FunctionDefinition } from './definition.ts';
import { checkArgument, checkArguments, plainFunction, wrongArguments } from './definition.ts';

type TextWork = (text: string) => string;

function textFunction(
  name: string,
  description: string,
  example: FunctionDefinition['example'],
  work: TextWork,
): FunctionDefinition {
  return plainFunction({
    name,
    signature: `${name}(text)`,
    description,
    example,
    parameters: [['text']],
    make: (args) => {
      const [text] = args as [Node];
      return { type: TEXT, run: (frame) => work(readText(text, frame)) };
    },
  });
}

const lower = textFunction(
  'lower',
  'The text in small letters.',
  { formula: 'lower("Key")', result: 'key' },
  (text) => text.toLowerCase(),
);

const upper = textFunction(
  'upper',
  'The text in capital letters.',
  { formula: 'upper("ie1")', result: 'IE1' },
  (text) => text.toUpperCase(),
);

const trim = textFunction(
  'trim',
  'The text without spaces at its ends.',
  { formula: 'trim("  Ada ")', result: 'Ada' },
  (text) => text.trim(),
);

const startsWith = plainFunction({
  name: 'startsWith',
  signature: 'startsWith(text, start)',
  description: 'Whether a text begins with another.',
  example: { formula: 'startsWith("Q-2027-17", "Q-")', result: true },
  parameters: [['text'], ['text']],
  make: (args) => {
    const [text, start] = args as [Node, Node];
    return {
      type: YES_NO,
      run: (frame) => readText(text, frame).startsWith(readText(start, frame)),
    };
  },
});

const contains: FunctionDefinition = {
  name: 'contains',
  signature: 'contains(text or list, part)',
  description: 'Whether a text has another in it, or a list an item.',
  example: { formula: 'contains("Ada Ltd", "Ltd")', result: true },
  check(call) {
    const [whole, part] = call.args;
    if (whole === undefined || part === undefined || call.args.length > 2) {
      throw wrongArguments(call);
    }
    const node = checkArgument(call, whole, ['text', 'list']);
    if (node.type.kind !== 'list') return textContains(call);
    const item = call.context.check(part, call.context, node.type.of);
    return makeNode(call.syntax, membership(node, needed(call.context, item), call.context));
  },
};

function textContains(call: Call): Node {
  const [text, part] = checkArguments(call, [['text'], ['text']]) as [Node, Node];
  return makeNode(call.syntax, {
    type: YES_NO,
    run: (frame) => readText(text, frame).includes(readText(part, frame)),
    flows: [...text.flows, ...part.flows],
  });
}

/** The characters of a text that cost one step of a pattern. */
const PATTERN_CHARACTERS = 10;

const matches = plainFunction({
  name: 'matches',
  signature: 'matches(text, pattern)',
  description: 'Whether a pattern (RE2) is found in a text; ^ and $ hold it to the whole text.',
  example: { formula: 'matches("IE1234567T", "^IE[0-9A-Z]+$")', result: true },
  parameters: [['text'], ['text']],
  make: (args) => {
    const [text, pattern] = args as [Node, Node];
    const compiled = compilePattern(pattern);
    return {
      type: YES_NO,
      run: (frame) => {
        const value = readText(text, frame);
        spend(frame, Math.ceil(value.length / PATTERN_CHARACTERS));
        return compiled.test(value);
      },
    };
  },
});

function compilePattern(node: Node): LinearPattern {
  const { literal } = node.type;
  if (typeof literal !== 'string') {
    throw refuse('bad-pattern', node, 'A pattern must be written out, in quotes.');
  }
  try {
    return linearPattern(literal);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse('bad-pattern', node, `The pattern cannot be read: ${reason}.`);
  }
}

const SHOWN: readonly ValueType['kind'][] = [
  'text',
  'number',
  'whole number',
  'decimal',
  'yes/no',
  'date',
  'date-time',
  'duration',
];

const text: FunctionDefinition = {
  name: 'text',
  signature: 'text(x)',
  description: 'A number, date or other plain value written as a text.',
  example: { formula: 'text(12.5) + " %"', result: '12.5 %' },
  check(call) {
    const [value] = call.args;
    if (value === undefined || call.args.length > 1) throw wrongArguments(call);
    const node = checkPlain(call);
    const { run, flows } = node;
    const write = toStored(node.type);
    return makeNode(call.syntax, {
      type: TEXT,
      run: (frame) => {
        const running = run(frame);
        if (typeof running === 'boolean') return running ? 'yes' : 'no';
        return String(write === undefined ? running : write(running));
      },
      flows,
    });
  },
};

function checkPlain(call: Call): Node {
  const [node] = checkArguments(call, [[...SHOWN, 'one of']]) as [Node];
  return node;
}

function readText(node: Node, frame: Frame): string {
  return spendText(frame, node.run(frame) as string);
}

export const TEXT_FUNCTIONS: readonly FunctionDefinition[] = [
  contains,
  startsWith,
  lower,
  upper,
  trim,
  text,
  matches,
];
