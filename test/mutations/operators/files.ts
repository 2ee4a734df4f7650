import type { Path } from '../../../engine/kernel/problem.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import { at, entriesOf, put } from '../tree.ts';
import type { Tree } from '../tree.ts';
import { formulasOf } from '../walk.ts';

/** Files that are taken for what they are not. */
export const FILE_OPERATORS: readonly Operator[] = [
  operator('file-default', 'Nobody has uploaded a file before a case begins.', (tree) =>
    filesIn(tree).map(([name]) => {
      const path = ['data', name, 'default'];
      return [put(tree, path, 'plan.pdf'), path];
    }),
  ),
  operator('file-too-big', 'No file may be as big as that.', (tree) =>
    filesIn(tree).map(([name]) => {
      const path = ['data', name, 'maxSize'];
      return [put(tree, path, '900 MB'), path];
    }),
  ),
  operator('file-of-no-type', 'An ending of a name is no media type.', (tree) =>
    filesIn(tree).map(([name]) => {
      const path = ['data', name, 'accept'];
      return [put(tree, path, ['.pdf']), path];
    }),
  ),
  operator('file-with-a-length', 'A file has a size, and no number of characters.', (tree) =>
    filesIn(tree).map(([name]) => {
      const path = ['data', name, 'maxLength'];
      return [put(tree, path, 10), path];
    }),
  ),
  operator('file-by-program', 'A program cannot give a file.', (tree) =>
    filesIn(tree).map(([name]) => {
      const start = ['start', 'by-program-alone'];
      return [put(tree, start, { api: [name] }), [...start, 'api', 0]];
    }),
  ),
  operator('file-as-text', 'A file is no text, but has a name.', (tree) =>
    readingOf(tree, /\.name$/).map(({ path, source }) => [
      put(tree, path, source.replace(/\.name$/, '')),
      path,
    ]),
  ),
  operator('file-as-number', 'A file is no number, but has a size.', (tree) =>
    readingOf(tree, /\.size\b/).map(({ path, source }) => [
      put(tree, path, source.replace(/\.size\b/, '')),
      path,
    ]),
  ),
  operator('file-without-member', 'A file has no content that a formula could read.', (tree) =>
    readingOf(tree, /\.name$/).map(({ path, source }) => [
      put(tree, path, source.replace(/name$/, 'content')),
      path,
    ]),
  ),
  operator('file-for-another', 'A drawing is not among the types that the field takes.', (tree) => {
    const [first, second] = filesIn(tree).map(([name]) => name);
    return formulasOf(tree)
      .filter(({ path }) => path.at(-2) === 'set' && path.at(-1) === 'bytes')
      .flatMap(({ path }): readonly (readonly [Tree, Path])[] => {
        if (first === undefined || second === undefined) return [];
        const set = path.slice(0, -1);
        return [[put(tree, [...set, second], first), [...set, second]]];
      });
  }),
];

function filesIn(tree: Tree): readonly (readonly [string, unknown])[] {
  return entriesOf(tree['data']).filter(([, field]) => at(field, ['kind']) === 'file');
}

/** The formulas that read a member of a file of the data. */
function readingOf(
  tree: Tree,
  member: RegExp,
): readonly { readonly path: Path; readonly source: string }[] {
  const names = filesIn(tree).map(([name]) => name);
  return formulasOf(tree).flatMap(({ path }) => {
    const source = at(tree, path);
    const isRead =
      typeof source === 'string' &&
      member.test(source) &&
      names.some((name) => source.startsWith(`${name}.`));
    return isRead ? [{ path, source }] : [];
  });
}
