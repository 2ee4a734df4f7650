/**
 * Works out once what an object alone decides, and remembers it for as long as the object lives.
 * Nobody may change the object, nor what was made of it: others are given the same.
 */
export function remembered<K extends object, V extends object>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const made = make(of);
    known.set(of, made);
    return made;
  };
}
