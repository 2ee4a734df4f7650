import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { lockContent, showLock } from '../../../engine/governance/lock.ts';
import type { Proposal } from '../../../engine/governance/proposals/proposal.ts';
import {
  approvalStatement,
  authorStatement,
} from '../../../engine/governance/proposals/statement.ts';
import type { Signature, SignedRelease } from '../../../engine/governance/proposals/statement.ts';

/** Somebody with an Ed25519 key. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly key: string;
  readonly privateKey: KeyObject;
}

export function somebody(name: string): Person {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { name, email: `${name.toLowerCase()}@example.org`, key: x, privateKey };
}

export function signedBy(
  { privateKey, ...who }: Person,
  at: number,
  text: (signer: Omit<Signature, 'signature'>) => string,
): Signature {
  const signer = { ...who, at };
  const signature = sign(null, Buffer.from(text(signer)), privateKey).toString('base64url');
  return { ...signer, signature };
}

/** A release of one file, signed by its author and its approvers. */
export function signedRelease(
  author: Person,
  approvers: readonly Person[],
  files: ReadonlyMap<string, string> = new Map([['core.yaml', 'name: A\n']]),
  name = '1.2',
  previous: string | null = 'a'.repeat(64),
): {
  readonly release: SignedRelease;
  readonly author: Signature;
  readonly approvals: Signature[];
} {
  const { digest } = lockContent(files, name);
  const release = { release: name, digest, previous, title: 'A change' };
  return {
    release,
    author: signedBy(author, 1, (signer) => authorStatement(release, signer)),
    approvals: approvers.map((one) =>
      signedBy(one, 2, (signer) => approvalStatement(release, author, signer)),
    ),
  };
}

export function openProposal(author: Person, approvers: readonly Person[]): Proposal {
  const signed = signedRelease(author, approvers);
  return {
    ...signed.release,
    ...{ number: 1, why: 'It is needed.', base: '1.1', files: { 'core.yaml': 'name: A\n' } },
    ...{ status: 'open', author: signed.author, approvals: signed.approvals },
    ...{ createdAt: 1, changedAt: 2 },
  };
}

/** The text of a lock that two people have signed, neither of whom anybody knows. */
export function signedLock(
  files: ReadonlyMap<string, string>,
  name: string,
  before: string | null = null,
): string {
  const [author, approver] = [somebody('Anna'), somebody('Bob')];
  const signed = signedRelease(author, [approver], files, name, before);
  const { previous, title } = signed.release;
  const { author: by, approvals } = signed;
  return showLock({ ...lockContent(files, name), previous, title, author: by, approvals });
}
