import type { Records, StoredRecord } from '../../ports/records.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createRecords(tables: Tables): Records {
  const ofType = (type: string): readonly StoredRecord[] =>
    [...tables.records.values()].filter((record) => record.type === type);
  return {
    get: (type, key) => Promise.resolve(tables.records.get(idOf({ type, key }))),
    find: ({ type, where, limit }) => {
      const wanted = Object.entries(where);
      const found = ofType(type).filter(({ value }) =>
        wanted.every(([name, one]) => Object.hasOwn(value, name) && value[name] === one),
      );
      return Promise.resolve(found.sort((a, b) => byText(a.key, b.key)).slice(0, limit));
    },
    page: (type, after, limit) =>
      Promise.resolve(
        ofType(type)
          .filter(({ key }) => after === undefined || byText(key, after) > 0)
          .sort((a, b) => byText(a.key, b.key))
          .slice(0, limit),
      ),
    show: () => Promise.resolve([]),
    writtenBy: (effect) => Promise.resolve(tables.recordWrites.get(effect)),
    write: (effect, record) => {
      const earlier = tables.recordWrites.get(effect);
      if (earlier !== undefined) return Promise.resolve({ kind: 'repeated', record: earlier });
      const current = tables.records.get(idOf(record));
      if ((current?.version ?? 0) !== record.version - 1)
        return Promise.resolve({ kind: 'conflict' });
      const other = ofType(record.type).find(
        ({ key, unique }) => key !== record.key && unique !== undefined && unique === record.unique,
      );
      if (other !== undefined) return Promise.resolve({ kind: 'not-unique', key: other.key });
      tables.records.set(idOf(record), record);
      tables.recordWrites.set(effect, record);
      return Promise.resolve({ kind: 'written' });
    },
  };
}

function idOf({ type, key }: Pick<StoredRecord, 'type' | 'key'>): string {
  return JSON.stringify([type, key]);
}
