/** Keyed digests and secrets; the only holder of the host's key file. */
export interface Signer {
  /** HMAC-SHA-256 of the text under a key derived for this purpose, base64url (43 characters). */
  sign(purpose: string, text: string): string;
}

/** Secrets by name, as connectors need them. */
export interface Secrets {
  /** @throws `TrellisError` with code `secret-missing`. */
  get(name: string): string;
}
