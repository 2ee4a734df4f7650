import { emailKey } from '../../../ports/accounts.ts';
import type { KeptValue, User } from '../../../ports/accounts.ts';
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
  };
}
