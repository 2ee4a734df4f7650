import { expect } from 'chai';
import { showSize } from '../../engine/kernel/values/media.ts';
import { safeFileName } from '../../server/upload/file-name.ts';
import { mediaTypeOf } from '../../server/upload/media-type.ts';
import { mediaWords } from '../../server/upload/media-words.ts';
import { PNG, pdf } from './permit.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ZIP = Buffer.from('UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAABAAAAYQ==', 'base64');
const DOC = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

describe('the media type of a file', () => {
  const cases: readonly (readonly [string, Buffer, string, string, string | undefined])[] = [
    ['a PDF', pdf(), 'a.pdf', 'application/pdf', 'application/pdf'],
    ['a PDF called otherwise', pdf(), 'a.txt', 'text/plain', 'application/pdf'],
    ['a picture called a PDF', PNG, 'a.pdf', 'application/pdf', 'image/png'],
    ['a spreadsheet', ZIP, 'a.xlsx', XLSX, XLSX],
    ['an archive called a PDF', ZIP, 'a.pdf', 'application/pdf', 'application/zip'],
    ['an old document', DOC, 'a.doc', 'application/msword', 'application/msword'],
    ['a text', Buffer.from('a;b\n1;2'), 'a.csv', 'text/csv', 'text/csv'],
    ['a text of which the browser knows nothing', Buffer.from('a;b'), 'a.csv', '', 'text/csv'],
    ['a text that the browser calls otherwise', Buffer.from('a'), 'a.csv', 'image/png', undefined],
    ['a page called a picture', Buffer.from('<script>'), 'a.png', 'image/png', undefined],
    ['bytes called a text', Buffer.from([1, 0, 2]), 'a.txt', 'text/plain', undefined],
    ['something without a name for it', Buffer.from('x'), 'a', '', 'application/octet-stream'],
  ];
  for (const [what, content, name, declared, expected] of cases) {
    it(`of ${what} is ${expected ?? 'not known'}`, async () => {
      expect(await mediaTypeOf(content, name, declared)).to.equal(expected);
    });
  }

  it('is told in words', () => {
    expect(['application/pdf', 'image/*', 'application/x-nothing'].map(mediaWords)).to.deep.equal([
      'a PDF file',
      'a picture',
      'a file of type application/x-nothing',
    ]);
    expect([1, 999, 12_345, 999_600, 1_250_000].map(showSize)).to.deep.equal([
      ...['1 byte', '999 bytes', '12 kB', '1 MB', '1.3 MB'],
    ]);
  });
});

describe('the name of a file', () => {
  const cases = [
    ['plan.pdf', 'plan.pdf'],
    ['C:\\My files\\plan.pdf', 'plan.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a%22b%0d%0ac.pdf', 'abc.pdf'],
    ['a\r\nset-cookie: x.pdf', 'aset-cookie x.pdf'],
    ['\u202Efdp.exe', 'fdp.exe'],
    ['..', 'file'],
    ['', 'file'],
    [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(116)}.pdf`],
  ] as const;
  for (const [written, kept] of cases) {
    it(`${JSON.stringify(written.slice(0, 30))} is kept as ${kept.slice(0, 30)}`, () => {
      expect(safeFileName(written)).to.equal(kept);
    });
  }
});
