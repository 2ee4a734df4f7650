import type { Store } from '../../engine/ports/store.ts';

/** What happens to one commit: the host dies before, or after it has saved; or only the answer is lost. */
export type Fault = 'none' | 'fails' | 'saves and fails' | 'dies' | 'saves and dies';

export interface FailingStore {
  readonly store: Store;
  isDead(): boolean;
}

/**
 * A store on which commits fail by a plan, which several hosts use up one after the other. On a
 * dead host nothing is stored or read any more.
 */
export function failingStore(store: Store, plan: Iterator<Fault>): FailingStore {
  let dead = false;
  type Method = (...given: readonly unknown[]) => Promise<unknown>;
  const alive =
    (method: Method): Method =>
    (...given) =>
      dead ? Promise.reject(new Error('The host is dead.')) : method(...given);
  const port = <P extends object>(methods: P): P => {
    const entries = Object.entries(methods) as [string, Method][];
    return Object.fromEntries(entries.map(([name, method]) => [name, alive(method)])) as P;
  };

  const failing =
    <G extends readonly unknown[], A>(write: (...given: G) => Promise<A>) =>
    async (...given: G): Promise<A> => {
      const { value: fault = 'none' } = plan.next() as { readonly value?: Fault };
      const saves = fault === 'none' || fault.startsWith('saves');
      const answer = saves ? await write(...given) : undefined;
      if (fault.endsWith('dies')) dead = true;
      if (fault !== 'none') throw new Error(`The commit ${fault}.`);
      return answer as A;
    };
  return {
    isDead: () => dead,
    store: {
      ...store,
      cases: port({ ...store.cases, commit: failing(store.cases.commit) }),
      jobs: port(store.jobs),
      messages: port(store.messages),
      incidents: port(store.incidents),
      worklist: port(store.worklist),
      bulk: port(store.bulk),
      queues: port(store.queues),
      archive: port({
        ...store.archive,
        copy: failing(store.archive.copy),
        remove: failing(store.archive.remove),
      }),
    },
  };
}
