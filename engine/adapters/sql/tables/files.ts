import type { StoredFile } from '../../../ports/files.ts';
import type { Batch } from '../batch.ts';
import { present } from '../columns.ts';
import type { Columns } from '../columns.ts';

export interface FileColumns {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly media_type: string;
  /** Null while parts are still to come, like the hash. */
  readonly size: number | null;
  readonly sha256: string | null;
  readonly case_id: string | null;
  readonly keep_until: number;
}

const CARRIED = { id: 'text', case_id: 'text' } as const satisfies Columns;

export interface FilePartColumns {
  readonly file_id: string;
  readonly part: number;
  readonly bytes: Buffer;
}

/** Makes a case carry files that none carries yet. */
export const carryFiles: Batch<typeof CARRIED> = {
  name: 'carry_files',
  columns: CARRIED,
  text: 'update files set case_id = v.case_id from v where files.id = v.id and files.case_id is null',
};

/** A file that is stored whole; `undefined` for one of which parts are still to come. */
export function storedFile(row: FileColumns): StoredFile | undefined {
  const { id, owner, name, media_type: type, size, sha256 } = row;
  if (size === null || sha256 === null) return undefined;
  return { id, owner, name, type, size, sha256, ...present('caseId', row.case_id) };
}
