import { digestText } from '../governance/digest.ts';
import type { Signer } from '../ports/signer.ts';

/**
 * The secrets in links. A token is a keyed digest (256 bits) of what it is for, so that a mail sent
 * again carries the same link, and nothing but its hash is ever stored.
 */
export class LinkTokens {
  readonly #signer: Signer;

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  /** The token of the ask whose mail is the effect with this key. */
  forEffect(key: string): string {
    return this.#signer.sign('link', key);
  }

  /** The token of a case's status page. */
  forStatus(caseId: string): string {
    return this.#signer.sign('status', caseId);
  }

  hashOf(token: string): string {
    return digestText(token);
  }
}
