import { createHash, randomBytes } from 'node:crypto';

/** What a token of the API begins with, so that people and scanners know it when they see one. */
const PREFIX = 'trl_';

/** Makes a token that nobody can guess (256 bits). */
export function newApiToken(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** What a token is stored under. */
export function apiTokenHash(token: string): string {
  return createHash('sha256').update(`api\n${token}`).digest('hex');
}
