import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The built command line; `npm test` builds it first. */
const MAIN = resolve('dist/run/main.js');

/** A place in which the commands of a guide are run one after the other. */
interface Shell {
  readonly folder: string;
  /** Runs lines as a reader would, and answers what they print. */
  run(script: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
}

/**
 * `npx trellis` is the built program, run by its name as npx does. What cannot be done here is only held against what there is:
 * a start against its help, an npm script against package.json.
 */
const NPX = `#!/bin/sh
[ "$1" = trellis ] || { echo "not npx trellis: $*" >&2; exit 1; }
shift
[ "$*" = start ] && set -- start --help
exec "${MAIN}" "$@" </dev/null
`;
const NPM = `#!/bin/sh
[ "$1" = ci ] && exit 0
[ "$1" = run ] && shift
exec "${process.execPath}" -e 'process.exit(process.argv[1] in require(process.argv[2]).scripts ? 0 : 1)' "$1" "${resolve('package.json')}"
`;
/** The longest that one block may take, in milliseconds. */
const MOST_TIME = 60_000;
const NOTHING = '#!/bin/sh\nexit 0\n';

/** Gives a folder with a copy of the bundled workspace to work on, and takes it away again. */
export async function withShell(work: (shell: Shell) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-docs-'));
  try {
    const programs = join(folder, 'programs');
    const workspace = join(folder, 'bundled');
    const home = join(folder, 'home');
    await mkdir(programs);
    await mkdir(home);
    for (const name of ['core-data', 'workflows']) {
      await cp(name, join(workspace, name), { recursive: true });
    }
    for (const [name, script] of Object.entries({ npx: NPX, npm: NPM, curl: NOTHING })) {
      await writeFile(join(programs, name), script);
      await chmod(join(programs, name), 0o755);
    }
    const env = {
      PATH: `${programs}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      TRELLIS_WORKSPACE: workspace,
    };
    await work({
      folder: home,
      run: async (script) => {
        const { stdout } = await run('sh', ['-ec', script], { cwd: home, env, timeout: MOST_TIME });
        return stdout;
      },
      write: async (path, text) => {
        const file = join(home, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
