import { canonicalJson } from '../canonical-json.ts';
import type { Signed } from '../signature.ts';
import { isSigned } from '../signature.ts';

/** Somebody's name under a release: as its author, or as one who approves it. */
export interface Signature extends Signed {
  readonly name: string;
  readonly email: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The release that is signed: all that an approver vouches for. */
export interface SignedRelease {
  /** The name it gets: `1.5`. */
  readonly release: string;
  /** The digest of its lock, which covers its name and every file. */
  readonly digest: string;
  /** The digest of the release that it follows; the first follows none. */
  readonly previous: string | null;
  /** What changes, in its author's words. */
  readonly title: string;
}

/** Who signs, and when: the part of a signature that its text covers. */
export type Signer = Omit<Signature, 'signature'>;

/** The text that the author of a release signs: RFC 8785 canonical JSON. */
export function authorStatement(release: SignedRelease, author: Signer): string {
  return canonicalJson({ trellis: 'proposed', ...said(release), by: who(author) });
}

/** The text that an approver signs; it names the author, so that nobody can be put in their place. */
export function approvalStatement(
  release: SignedRelease,
  author: Pick<Signer, 'key'>,
  approver: Signer,
): string {
  return canonicalJson({
    trellis: 'approved',
    ...said(release),
    author: author.key,
    by: who(approver),
  });
}

/** Tells whether the author has signed this release. */
export function isByAuthor(release: SignedRelease, author: Signature): boolean {
  return isSigned(authorStatement(release, author), author);
}

/** Tells whether an approver has signed just this release of this author. */
export function isApproval(
  release: SignedRelease,
  author: Pick<Signer, 'key'>,
  approval: Signature,
): boolean {
  return isSigned(approvalStatement(release, author, approval), approval);
}

function said({ release, digest, previous, title }: SignedRelease): SignedRelease {
  return { release, digest, previous, title };
}

function who({ name, email, key, at }: Signer): Signer {
  return { name, email, key, at };
}
