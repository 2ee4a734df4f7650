import type { Answer, Visitor } from './visitor.ts';

/** A file as a browser sends it. */
export interface SentFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

const BOUNDARY = '----trellis-test-boundary';
const PAGE = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };

/** The body of a form with files, as browsers write it. */
export function multipart(
  files: readonly SentFile[],
  fields: Readonly<Record<string, string>> = {},
): Buffer {
  const parts = [
    ...Object.entries(fields).map(([name, value]) =>
      Buffer.from(
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      ),
    ),
    ...files.flatMap(({ field, name, type, content }) => [
      Buffer.from(
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    ]),
  ];
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

export const MULTIPART = { ...PAGE, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

/** Sends a file as the page of a form does. */
export function upload(
  visitor: Visitor,
  path: string,
  file: Partial<SentFile> & Pick<SentFile, 'field' | 'content'>,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const sent = { name: 'plan.pdf', type: 'application/pdf', ...file };
  return visitor.send(path, multipart([sent], fields), MULTIPART);
}
