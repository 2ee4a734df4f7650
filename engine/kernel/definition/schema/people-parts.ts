import { Type } from '@sinclair/typebox';
import { TARGET } from './patterns.ts';

/** The ways to name people who work here. */
export const PEOPLE = {
  role: Type.Optional(Type.String({ minLength: 1, description: 'Whoever has this role' })),
  roles: Type.Optional(Type.Ref('Expression')),
  person: Type.Optional(Type.Ref('Expression')),
  starter: Type.Optional(Type.Literal(true, { description: 'Whoever started the case' })),
  sameAs: Type.Optional(
    Type.String({ pattern: TARGET, description: 'Whoever completed the task of this state' }),
  ),
};

export const OUTSIDERS = Type.Unsafe<'public' | 'customer' | 'api'>({
  type: 'string',
  enum: ['public', 'customer', 'api'],
});
