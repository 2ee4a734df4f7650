import type { Position } from '../../kernel/problem.ts';
import { readYamlFile } from '../core/yaml-file.ts';
import type { Verdict } from './verdict.ts';

/** A verdict with its place in the files of the core that was compared. */
export interface PlacedVerdict extends Verdict {
  readonly file: string;
  /** Absent where the file is not there any more. */
  readonly position?: Position;
}

/** Finds the places of verdicts in the files of the newer core. */
export function placeVerdicts(
  verdicts: readonly Verdict[],
  files: ReadonlyMap<string, string>,
): readonly PlacedVerdict[] {
  return verdicts.map((verdict) => {
    const file = `types/${verdict.type}.yaml`;
    const text = files.get(file);
    const map = text === undefined ? undefined : readYamlFile(file, text).file?.map;
    const position = map?.locateKey(verdict.path);
    return { ...verdict, file, ...(position !== undefined && { position }) };
  });
}
