import { TrellisError } from '../../engine/index.ts';

/** How browsers send a form without files. */
export const FORM = 'application/x-www-form-urlencoded';

/** The refusal of a body that no form of a page has. */
export function wrongMedia(): TrellisError {
  return new TrellisError('wrong-media', `This page takes forms, as ${FORM}. Nothing was changed.`);
}
