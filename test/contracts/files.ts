import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Files, NewFile, StoredFile } from '../../engine/ports/files.ts';
import { START, sampleCase, sampleStep } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the files port, for any adapter. */
export function describeFiles(useStore: UseStore): void {
  describe('files', () => {
    const store = useStore();
    const later = START + 1000;

    it('stores what comes in pieces, and gives back the same bytes', async () => {
      const { files } = store();
      // Longer than one row of a database, and not a whole number of rows.
      const content = bytes(700_001);
      const stored = await files.add(plan('f-1'), inPieces(content, 65_536));
      const expected: StoredFile = {
        ...{ id: 'f-1', owner: 'a', name: 'plan.pdf', type: 'application/pdf' },
        ...{ size: 700_001, sha256: createHash('sha256').update(content).digest('hex') },
      };
      expect(stored).to.deep.equal(expected);
      expect(await files.find('f-1')).to.deep.equal(expected);
      expect((await contentOf(files, 'f-1')).equals(content)).to.equal(true);
    });

    it('keeps nothing of a content that breaks off', async () => {
      const { files } = store();
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield* inPieces(bytes(600_000), 100_000);
        throw new Error('gone');
      };
      const error = await files.add(plan('f-1'), broken()).catch((one: unknown) => one);
      expect(error).to.be.an('error').with.property('message', 'gone');
      expect(await files.find('f-1')).to.equal(undefined);
      expect(await contentOf(files, 'f-1')).to.have.length(0);
    });

    it('has none that is not there', async () => {
      expect(await store().files.find('f-9')).to.equal(undefined);
      expect(await contentOf(store().files, 'f-9')).to.have.length(0);
    });

    it('sweeps what is kept no longer, unless it is kept for longer or a case carries it', async () => {
      const { files, cases } = store();
      for (const id of ['f-1', 'f-2', 'f-3', 'f-4']) {
        const owner = id === 'f-3' ? 'b' : id;
        await files.add({ ...plan(id), owner }, inPieces(bytes(10), 10));
      }
      expect(await files.sweep(later - 1)).to.equal(0);
      await files.keep('b', later + 1000);
      await cases.commit([sampleStep(sampleCase('c-1'), { files: ['f-2', 'f-9'] })]);
      expect(await files.sweep(later)).to.equal(2);
      expect(await files.find('f-1')).to.equal(undefined);
      expect(await contentOf(files, 'f-1')).to.have.length(0);
      expect(await files.find('f-2')).to.have.property('caseId', 'c-1');
      expect(await files.sweep(later + 1000)).to.equal(1);
      expect(await files.find('f-3')).to.equal(undefined);
      expect(await contentOf(files, 'f-2')).to.have.length(10);
    });

    it('lets the case that came first carry a file', async () => {
      const { files, cases } = store();
      await files.add(plan('f-1'), inPieces(bytes(10), 10));
      await cases.commit([sampleStep(sampleCase('c-1'), { files: ['f-1'] })]);
      await cases.commit([sampleStep(sampleCase('c-2'), { files: ['f-1'] })]);
      expect(await files.find('f-1')).to.have.property('caseId', 'c-1');
    });

    it('removes files of their owner alone, and none that a case carries', async () => {
      const { files, cases } = store();
      for (const id of ['f-1', 'f-2', 'f-3']) await files.add(plan(id), inPieces(bytes(10), 10));
      await cases.commit([sampleStep(sampleCase('c-1'), { files: ['f-2'] })]);
      await files.remove('b', ['f-1']);
      expect(await files.find('f-1')).not.to.equal(undefined);
      await files.remove('a', ['f-1', 'f-2']);
      const left = await Promise.all(['f-1', 'f-2', 'f-3'].map((id) => files.find(id)));
      expect(left.map((file) => file?.id)).to.deep.equal([undefined, 'f-2', 'f-3']);
    });

    const plan = (id: string): NewFile => ({
      ...{ id, owner: 'a', name: 'plan.pdf', type: 'application/pdf', keepUntil: later },
    });
  });
}

/** Bytes of which every value and every border of a piece can be told apart. */
function bytes(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff));
}

async function* inPieces(content: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) {
    await Promise.resolve();
    yield content.subarray(from, from + size);
  }
}

async function contentOf(files: Files, id: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of files.read(id)) parts.push(part);
  return Buffer.concat(parts);
}
