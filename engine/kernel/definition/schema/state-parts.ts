import { Type } from '@sinclair/typebox';
import type { Json } from '../../json.ts';
import type { PickRule } from '../people.ts';
import { DATA_NAME, DELAY, EVENT, LABEL, NAME, OPERATION, RUNNABLE, TARGET } from './patterns.ts';
import { OUTSIDERS, PEOPLE } from './people-parts.ts';

const target = Type.String({ pattern: TARGET, description: 'sibling, state/inside or ^outer' });

const WORK = {
  task: Type.Optional(Type.Ref('Task')),
  ask: Type.Optional(Type.Ref('Ask')),
  call: Type.Optional(
    Type.String({ pattern: OPERATION, description: 'A connector operation runs' }),
  ),
  run: Type.Optional(Type.String({ pattern: RUNNABLE, description: 'Another workflow runs' })),
  wait: Type.Optional(Type.Ref('Wait')),
  start: Type.Optional(Type.Ref('StartCases')),
  decide: Type.Optional(Type.String({ pattern: LABEL, description: 'A decision table is read' })),
  parallel: Type.Optional(Type.Ref('States')),
  states: Type.Optional(Type.Ref('States')),
  final: Type.Optional(
    Type.Union([Type.Literal(true), Type.String({ pattern: LABEL })], {
      description: 'Finished, with this outcome',
    }),
  ),
};

/** What `forEach` does with an item whose work has failed. */
const ON_ITEM_FAILED = Type.Unsafe<'incident' | 'skip' | 'fail'>({
  type: 'string',
  enum: ['incident', 'skip', 'fail'],
  description: 'What becomes of an item that failed (Default: incident)',
});

const DETAILS = {
  forEach: Type.Optional(Type.Ref('ForEach')),
  onItemFailed: Type.Optional(ON_ITEM_FAILED),
  with: Type.Optional(Type.Ref('With')),
  save: Type.Optional(Type.Ref('Set')),
  undo: Type.Optional(Type.Ref('Undo')),
  retry: Type.Optional(Type.Ref('Retry')),
  join: Type.Optional(
    Type.Union([Type.Literal('all'), Type.Integer({ minimum: 1 })], {
      description: 'How many regions must finish (Default: all)',
    }),
  ),
  when: Type.Optional(Type.Ref('Expression')),
  initial: Type.Optional(Type.String({ pattern: NAME })),
  limit: Type.Optional(Type.Ref('Limit')),
};

/** Heard at once by `on` of the case's other regions. */
const EMIT = Type.String({ pattern: LABEL, description: 'Heard at once by the other regions' });

/** What every rule may say, whatever it answers. */
const RULE = {
  to: Type.Optional(target),
  when: Type.Optional(Type.Ref('Expression')),
  set: Type.Optional(Type.Ref('Set')),
  send: Type.Optional(Type.Ref('Sends')),
  emit: Type.Optional(EMIT),
  reenter: Type.Optional(
    Type.Literal(true, { description: 'For a target inside: leave this state, enter it anew' }),
  ),
  undo: Type.Optional(
    Type.String({
      pattern: TARGET,
      description: 'Take work back first: all of the case, what was done here, or in a state',
    }),
  ),
  add: Type.Optional(Type.Ref('Expression')),
};

/** The parts of the language that make up the statechart. */
export const STATE_PARTS = {
  Send: Type.Object(
    { message: Type.String({ pattern: LABEL }), to: Type.Ref('Recipient') },
    { additionalProperties: false },
  ),
  Recipient: Type.Union([
    Type.String({ minLength: 1, maxLength: 4000, description: 'A field with a mail address' }),
    Type.Number(),
    Type.Boolean(),
    Type.Ref('RecipientRole'),
  ]),
  RecipientRole: Type.Object(
    {
      role: Type.Optional(Type.String({ minLength: 1, description: 'Whoever has this role' })),
      value: Type.Optional(Type.Unsafe<Json>({})),
    },
    { additionalProperties: false, minProperties: 1, maxProperties: 1 },
  ),
  Sends: Type.Union([
    Type.Ref('Send'),
    Type.Array(Type.Ref('Send'), { minItems: 1, maxItems: 20 }),
  ]),
  Actions: Type.Object(
    {
      set: Type.Optional(Type.Ref('Set')),
      send: Type.Optional(Type.Ref('Sends')),
      emit: Type.Optional(EMIT),
    },
    { additionalProperties: false },
  ),
  Transition: Type.Object(RULE, { additionalProperties: false }),
  Transitions: Type.Union([
    target,
    Type.Ref('Transition'),
    Type.Array(Type.Union([target, Type.Ref('Transition')]), { minItems: 1, maxItems: 50 }),
  ]),
  By: Type.Union([OUTSIDERS, Type.Ref('People')]),
  Handler: Type.Object(
    {
      ...RULE,
      by: Type.Optional(Type.Ref('By')),
      title: Type.Optional(Type.Ref('Text')),
      form: Type.Optional(Type.String({ pattern: LABEL, description: 'Asked for when pressed' })),
      match: Type.Optional(Type.Ref('Expression')),
    },
    { additionalProperties: false },
  ),
  HandlerRules: Type.Union([
    target,
    Type.Ref('Handler'),
    Type.Array(Type.Union([target, Type.Ref('Handler')]), { minItems: 1, maxItems: 50 }),
  ]),
  Handlers: Type.Record(Type.String({ pattern: EVENT }), Type.Ref('HandlerRules'), {
    additionalProperties: false,
    minProperties: 1,
    description: 'outcome, button or message: transition',
  }),
  Timers: Type.Union([
    Type.Record(Type.String({ pattern: DELAY }), Type.Ref('Transitions'), {
      additionalProperties: false,
      minProperties: 1,
      description: 'span: transition',
    }),
    Type.Array(Type.Ref('Timer'), { minItems: 1, maxItems: 50 }),
  ]),
  Timer: Type.Object(
    {
      at: Type.Optional(Type.Ref('Expression')),
      in: Type.Optional(Type.Ref('Expression')),
      every: Type.Optional(Type.Ref('Delay')),
      atMost: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
      calendar: Type.Optional(
        Type.String({ minLength: 1, description: 'Count in the working time of this calendar' }),
      ),
      pauseWhile: Type.Optional(
        Type.Array(target, {
          minItems: 1,
          maxItems: 20,
          description: 'States in which it stands still',
        }),
      ),
      ...RULE,
    },
    { additionalProperties: false, description: 'at, in or every, with a transition' },
  ),
  Assign: Type.Object(
    {
      ...PEOPLE,
      pick: Type.Optional(Type.Unsafe<PickRule>({ enum: ['claim', 'roundRobin', 'leastLoaded'] })),
    },
    { additionalProperties: false, description: 'Whom the work is for' },
  ),
  Escalation: Type.Object(
    { after: Type.Ref('Delay'), assign: Type.Ref('Assign') },
    { additionalProperties: false },
  ),
  Task: Type.Object(
    {
      title: Type.Optional(Type.Ref('Text')),
      assign: Type.Ref('Assign'),
      form: Type.Optional(Type.String({ pattern: LABEL })),
      due: Type.Optional(Type.Ref('Delay')),
      escalate: Type.Optional(Type.Array(Type.Ref('Escalation'), { maxItems: 10 })),
      notBy: Type.Optional(
        Type.Array(target, {
          maxItems: 20,
          description: 'starter, or states whose completers are excluded',
        }),
      ),
    },
    { additionalProperties: false, description: 'A person has work to do' },
  ),
  Ask: Type.Object(
    {
      form: Type.String({ pattern: LABEL }),
      to: Type.Ref('Recipient'),
      message: Type.String({ pattern: LABEL }),
    },
    { additionalProperties: false, description: 'Somebody outside has a form to fill' },
  ),
  Wait: Type.Object(
    {
      message: Type.Optional(Type.String({ pattern: OPERATION })),
      messages: Type.Optional(
        Type.Array(Type.String({ pattern: OPERATION }), { minItems: 1, maxItems: 10 }),
      ),
      match: Type.Ref('Expression'),
      keep: Type.Optional(Type.Ref('Delay')),
    },
    { additionalProperties: false, description: 'A message from another system is waited for' },
  ),
  Undo: Type.Object(
    {
      call: Type.Optional(Type.String({ pattern: OPERATION })),
      run: Type.Optional(Type.String({ pattern: RUNNABLE })),
      with: Type.Optional(Type.Ref('With')),
    },
    { additionalProperties: false, description: 'How to take back what was done: call or run' },
  ),
  Retry: Type.Object(
    {
      attempts: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 100, description: 'Tries in all, the first included' }),
      ),
      first: Type.Optional(Type.Ref('Delay')),
      backoff: Type.Optional(
        Type.Unsafe<'fixed' | 'exponential'>({
          type: 'string',
          enum: ['fixed', 'exponential'],
          description: 'The pauses stay as they are, or double',
        }),
      ),
    },
    {
      additionalProperties: false,
      minProperties: 1,
      description: 'Try less often than the connector allows',
    },
  ),
  StartCases: Type.Object(
    {
      workflow: Type.String({ pattern: RUNNABLE }),
      with: Type.Optional(Type.Ref('With')),
      each: Type.Optional(
        Type.String({ pattern: DATA_NAME, description: 'What an item of "in" is called' }),
      ),
      in: Type.Optional(Type.Ref('Expression')),
    },
    { additionalProperties: false, description: 'Cases begin that are not waited for' },
  ),
  ForEach: Type.Object(
    {
      item: Type.String({ pattern: DATA_NAME, description: 'What an item is called' }),
      in: Type.Ref('Expression'),
      mode: Type.Optional(
        Type.Unsafe<'parallel' | 'sequence'>({
          type: 'string',
          enum: ['parallel', 'sequence'],
          description: 'All at once, or one after the other (Default: parallel)',
        }),
      ),
      atMost: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 500, description: 'How many at once' }),
      ),
      until: Type.Optional(Type.Ref('Expression')),
      rest: Type.Optional(
        Type.Unsafe<'cancel' | 'finish'>({
          type: 'string',
          enum: ['cancel', 'finish'],
          description: 'What becomes of items under way once "until" holds (Default: cancel)',
        }),
      ),
      onItemFailed: Type.Optional(ON_ITEM_FAILED),
    },
    { additionalProperties: false, description: 'The work is repeated for each item of a list' },
  ),
  Limit: Type.Object(
    {
      n: Type.Integer({ minimum: 1, maximum: 10_000, description: 'How many cases at once' }),
      name: Type.String({ pattern: NAME, description: 'States of the same name count together' }),
      by: Type.Optional(Type.Ref('Expression')),
    },
    {
      additionalProperties: false,
      description: 'At most n cases at once, for each value of by; first come, first served',
    },
  ),
  State: Type.Object(
    {
      title: Type.Optional(Type.Ref('Text')),
      description: Type.Optional(Type.Ref('Text')),
      milestone: Type.Optional(Type.Ref('Text')),
      ...WORK,
      ...DETAILS,
      entry: Type.Optional(Type.Ref('Actions')),
      exit: Type.Optional(Type.Ref('Actions')),
      done: Type.Optional(Type.Ref('Transitions')),
      failed: Type.Optional(Type.Ref('Transitions')),
      next: Type.Optional(Type.Ref('Transitions')),
      on: Type.Optional(Type.Ref('Handlers')),
      after: Type.Optional(Type.Ref('Timers')),
    },
    { additionalProperties: false },
  ),
  States: Type.Record(Type.String({ pattern: NAME }), Type.Ref('State'), {
    additionalProperties: false,
    minProperties: 1,
  }),
};
