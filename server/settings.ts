/** What a host was told at its start. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded database and of what the demo keeps. */
  readonly dataFolder: string;
  readonly database:
    | {
        readonly kind: 'sqlite';
        readonly file: string;
        /** (Default: `sqlite3`) */
        readonly client?: 'sqlite3' | 'better-sqlite3';
      }
    | { readonly kind: 'postgres'; readonly url: string };
  /** Folder with `core-data`, `workflows` and perhaps `templates`. */
  readonly workspace: string;
  /** What links begin with, without a slash at the end; also the only origin that forms may come from. */
  readonly publicUrl: string;
  readonly keyFile: string;
  /** What Express is told of the proxies before it; `false` trusts none. */
  readonly trustProxy: string | number | false;
  /** The greatest file that people may upload, in bytes, whatever a form says. */
  readonly mostUpload: number;
  /** The most requests that are taken at once; more are refused. */
  readonly mostRequests: number;
  /** How long a host that is told to stop by SIGTERM still answers, in milliseconds. */
  readonly drain: number;
  /** Milliseconds between two signed checkpoints of the history. */
  readonly checkpointEvery: number;
  /** File outside the database in which checkpoints are written down. */
  readonly anchorFile?: string;
  /** File that says where the systems behind the connectors are. */
  readonly destinationsFile?: string;
  /** Sign-ins, mail sink, demo systems and fault pages; only on a loopback address. */
  readonly demo: boolean;
}

/** One setting as `--help` lists it. */
export interface SettingHelp {
  readonly name: string;
  readonly meaning: string;
  readonly byDefault: string;
}

export const SETTINGS: readonly SettingHelp[] = [
  { name: 'PORT', meaning: 'port to listen on; 0 takes a free one', byDefault: '8080' },
  { name: 'HOST', meaning: 'address to listen on', byDefault: '127.0.0.1' },
  { name: 'TRELLIS_DATA', meaning: 'folder of the embedded database', byDefault: './data' },
  {
    name: 'TRELLIS_DATABASE',
    meaning: 'a PostgreSQL database (postgres://…), or an SQLite file',
    byDefault: 'trellis.db in TRELLIS_DATA',
  },
  {
    name: 'TRELLIS_SQLITE_CLIENT',
    meaning: 'the driver of the SQLite file: sqlite3, or better-sqlite3 where that is installed',
    byDefault: 'sqlite3',
  },
  {
    name: 'TRELLIS_WORKSPACE',
    meaning: 'folder with core-data, workflows and templates',
    byDefault: 'the bundled company',
  },
  {
    name: 'TRELLIS_PUBLIC_URL',
    meaning: 'address under which people reach the host: for links, forms and the Host header',
    byDefault: 'http://HOST:PORT',
  },
  {
    name: 'TRELLIS_KEY_FILE',
    meaning: 'file with the key that signs links and wraps secrets; outside TRELLIS_DATA',
    byDefault: 'in demo mode TRELLIS_DATA.key, made at the first start',
  },
  {
    name: 'TRELLIS_TRUST_PROXY',
    meaning: 'number of proxies before the host, or their networks (10.0.0.0/8)',
    byDefault: 'none',
  },
  {
    name: 'TRELLIS_DESTINATIONS',
    meaning: 'file that says where the systems behind the connectors are',
    byDefault: 'in demo mode the demo systems',
  },
  {
    name: 'TRELLIS_MAX_UPLOAD',
    meaning: 'the greatest file that people may upload, whatever a form says: 25 MB, 500 kB',
    byDefault: '25 MB',
  },
  {
    name: 'TRELLIS_MAX_REQUESTS',
    meaning: 'requests that are taken at once; more are answered 503, or 429 to one address',
    byDefault: '1000',
  },
  {
    name: 'TRELLIS_DRAIN',
    meaning: 'seconds that a host still answers after SIGTERM, while /readyz says that it stops',
    byDefault: '0',
  },
  {
    name: 'TRELLIS_CHECKPOINT_EVERY',
    meaning: 'seconds between two signed checkpoints of the history',
    byDefault: '60',
  },
  {
    name: 'TRELLIS_AUDIT_ANCHOR',
    meaning: 'file, best on another machine, to which each checkpoint is added as a line',
    byDefault: 'none',
  },
  {
    name: 'TRELLIS_DEMO',
    meaning: 'on or off: demo sign-ins, mail sink, demo systems, fault pages',
    byDefault: 'on for the bundled company on a loopback address',
  },
];
