import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import { decodeCoreFile, isGoverned } from '../../engine/governance/core/covered-files.ts';
import { digestText } from '../../engine/governance/digest.ts';
import { lockFiles, readLock, showLock, verifyLock } from '../../engine/governance/lock.ts';
import { releaseOf } from '../../engine/governance/release.ts';

const FILES = new Map([
  ['core.yaml', 'name: Meridian\nline: 1\n'],
  ['types/Quote.yaml', 'type: Quote\nversion: 1\n'],
  ['reference/holidays.csv', 'date,name\n2027-03-17,Saint Patrick’s Day\n'],
]);

function without(path: string): Map<string, string> {
  return new Map([...FILES].filter(([name]) => name !== path));
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof TrellisError) return error.code;
    throw error;
  }
  return 'nothing';
}

describe('the lock', () => {
  it('digests as everybody else does', () => {
    expect(digestText('abc')).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('lists every file with its digest, sorted, and is unsigned', () => {
    const lock = lockFiles(FILES, '1.1');
    expect(Object.keys(lock.files)).to.deep.equal([
      'core.yaml',
      'reference/holidays.csv',
      'types/Quote.yaml',
    ]);
    expect(lock.files['core.yaml']).to.equal(digestText('name: Meridian\nline: 1\n'));
    expect(lock).to.include({ format: 1, release: '1.1', unsigned: true });
  });

  it('survives being written and read', () => {
    const lock = lockFiles(FILES, '1.1');
    expect(readLock(showLock(lock))).to.deep.equal(lock);
    expect(showLock(lock)).to.match(/\}\n$/);
  });

  it('has another digest for another release or other files', () => {
    const { digest } = lockFiles(FILES, '1.1');
    expect(lockFiles(FILES, '1.2').digest).not.to.equal(digest);
    expect(lockFiles(without('core.yaml'), '1.1').digest).not.to.equal(digest);
  });

  it('accepts the files that it was made of', () => {
    expect(verifyLock(FILES, lockFiles(FILES, '1.1'))).to.deep.equal({ ok: true });
  });

  it('names a changed file and both digests', () => {
    const changed = new Map(FILES).set('types/Quote.yaml', 'type: Quote\nversion: 2\n');
    const verdict = verifyLock(changed, lockFiles(FILES, '1.1'));
    if (verdict.ok) throw new Error('the change was not found');
    const [difference, ...rest] = verdict.differences;
    const expected = digestText('type: Quote\nversion: 1\n');
    const found = digestText('type: Quote\nversion: 2\n');
    expect(rest).to.be.empty;
    expect(difference).to.include({ file: 'types/Quote.yaml', expected, found });
    expect(difference?.message).to.include('types/Quote.yaml').and.include(expected);
    expect(difference?.message).to.include(found);
  });

  it('names a missing and an additional file', () => {
    const lock = lockFiles(FILES, '1.1');
    const other = without('core.yaml').set('types/Order.yaml', 'type: Order\n');
    const verdict = verifyLock(other, lock);
    if (verdict.ok) throw new Error('the change was not found');
    expect(verdict.differences.map(({ file }) => file)).to.deep.equal([
      'core.yaml',
      'types/Order.yaml',
    ]);
    expect(verdict.differences[0]).to.not.have.property('found');
    expect(verdict.differences[1]).to.not.have.property('expected');
    expect(verdict.differences[0]?.message).to.match(/core\.yaml is missing/);
    expect(verdict.differences[1]?.message).to.match(/types\/Order\.yaml is not in/);
  });

  it('finds every single flipped bit of every file', () => {
    const lock = lockFiles(FILES, '1.1');
    const survivors: string[] = [];
    for (const [path, text] of FILES)
      for (const flipped of flips(text)) {
        const decoded = decodeCoreFile(flipped);
        if (decoded !== undefined && verifyLock(new Map(FILES).set(path, decoded), lock).ok)
          survivors.push(path);
      }
    expect(survivors).to.be.empty;
  });

  it('finds every single flipped bit of the lock itself', () => {
    const text = showLock(lockFiles(FILES, '1.1'));
    const survivors: string[] = [];
    for (const flipped of flips(text)) {
      const decoded = decodeCoreFile(flipped);
      if (decoded !== undefined && isAccepted(decoded)) survivors.push(decoded);
    }
    expect(survivors).to.be.empty;
  });

  it('refuses what is not a whole lock, and says what to do', () => {
    const lock = lockFiles(FILES, '1.1');
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      JSON.stringify({ ...lock, format: 2 }),
      JSON.stringify({ ...lock, release: '1' }),
      JSON.stringify({ ...lock, note: 'hello' }),
      JSON.stringify({ ...lock, files: { 'core.yaml': 'abc' } }),
    ])
      expect(codeOf(() => readLock(text))).to.equal('lock-unreadable');
    expect(() => readLock('{')).to.throw(/trellis lock write/);
  });

  it('becomes a release with the verified files', () => {
    const lock = lockFiles(FILES, '1.1');
    expect(releaseOf(FILES, lock)).to.deep.equal({
      release: '1.1',
      digest: lock.digest,
      files: Object.fromEntries(FILES),
    });
  });
});

describe('the files that the lock covers', () => {
  it('are all but the lock itself, the guide and what begins with a dot', () => {
    const paths = [
      'core.yaml',
      'core.lock.json',
      'README.md',
      '.DS_Store',
      'types/.Quote.yaml.swp',
    ];
    expect(paths.filter(isGoverned)).to.deep.equal(['core.yaml']);
    expect(isGoverned('types/README.md')).to.equal(true);
  });

  it('are read as UTF-8 without loss, or not at all', () => {
    const text = '\uFEFFname: Grün\r\n';
    expect(decodeCoreFile(Buffer.from(text, 'utf8'))).to.equal(text);
    expect(decodeCoreFile(Buffer.from([0x6e, 0xff, 0x6e]))).to.equal(undefined);
  });
});

function* flips(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text, 'utf8');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield flipped;
  }
}

function isAccepted(text: string): boolean {
  try {
    return verifyLock(FILES, readLock(text)).ok;
  } catch (error) {
    if (error instanceof TrellisError) return false;
    throw error;
  }
}
