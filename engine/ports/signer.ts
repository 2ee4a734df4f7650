/** Keyed digests and secrets; the only holder of the host's key file. */
export interface Signer {
  /** HMAC-SHA-256 of the text under a key derived for this purpose, base64url (43 characters). */
  sign(purpose: string, text: string): string;
}

/** Signs what others verify without a secret, by Ed25519. */
export interface PublicSigner {
  /** The public key, base64url (43 characters). */
  readonly key: string;
  /** The signature of the text, base64url (86 characters). */
  sign(text: string): string;
}

/** Secrets by name, as connectors need them. */
export interface Secrets {
  /** @throws `TrellisError` with code `secret-missing`. */
  get(name: string): string;
}
