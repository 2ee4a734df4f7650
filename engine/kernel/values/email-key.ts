/** The form of an email address by which accounts are told apart: without case or spaces around. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

/** Tells whether somebody is whom a formula names: by the id or the email address of the account. */
export function isNamed(
  named: string,
  { id, email }: { readonly id: string; readonly email?: string },
): boolean {
  return id === named || (email !== undefined && emailKey(email) === emailKey(named));
}
