/** The one codec for JSON in text columns. */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Reads what {@link toJson} wrote; the caller names the type that was written. */
export function fromJson(text: string): unknown {
  return JSON.parse(text);
}
