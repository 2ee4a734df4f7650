import { emailKey } from '../../../kernel/values/email-key.ts';
import type { KeptValue, User } from '../../../ports/accounts.ts';
import { present } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

export interface UserColumns {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly email_key: string;
  readonly roles: string;
  readonly teams: string;
  readonly password: string;
  readonly created_at: number;
  readonly away: string | null;
  readonly left_at: number | null;
}

export interface KeptValueColumns {
  readonly purpose: KeptValue['purpose'];
  readonly hash: string;
  readonly value: string;
  readonly expires_at: number;
}

export function userColumns(user: User): UserColumns {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    email_key: emailKey(user.email),
    roles: toJson(user.roles),
    teams: toJson(user.teams),
    password: user.password,
    created_at: user.createdAt,
    away: user.away === undefined ? null : toJson(user.away),
    left_at: user.leftAt ?? null,
  };
}

export function storedUser(row: UserColumns): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: fromJson(row.roles) as User['roles'],
    teams: fromJson(row.teams) as User['teams'],
    password: row.password,
    createdAt: row.created_at,
    ...(row.away === null ? {} : { away: fromJson(row.away) as NonNullable<User['away']> }),
    ...present('leftAt', row.left_at),
  };
}
