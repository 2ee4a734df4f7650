/** Answers what `make` gives, and rejects with what it throws, as a real store does. */
export function answer<T>(make: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(make());
  });
}
