/** The key with which somebody signs what they propose and approve. */
export interface ApprovalKey {
  /** The Ed25519 public key: 32 bytes in base64url. */
  readonly key: string;
  /** The email address of whoever it belongs to, as `emailKey` writes it. */
  readonly email: string;
  /**
   * The private half, readable with its owner's passphrase alone. (Default: its owner keeps it, and
   * only the public half is known here)
   */
  readonly sealed?: string;
  readonly createdAt: number;
  /** Since when it does not count any more. */
  readonly revokedAt?: number;
}

/** Makes keys and signs with them; the passphrase is asked for each time and kept nowhere. */
export interface KeySmith {
  /** Makes a new key, sealed with the passphrase. */
  make(passphrase: string): Promise<Required<Pick<ApprovalKey, 'key' | 'sealed'>>>;
  /**
   * Signs a text; answers the signature, 64 bytes in base64url.
   * @throws `TrellisError` with code `wrong-passphrase`.
   */
  sign(sealed: string, passphrase: string, text: string): Promise<string>;
}
