import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { Problem } from '../kernel/problem.ts';
import { checkForm, readYamlFile } from './core/yaml-file.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 2_000 });
const SecretText = Type.Union([
  Text,
  Type.Object({ secret: Text, prefix: Type.Optional(Text) }, closed),
]);
const Allow = Type.Optional(Type.Array(Text, { maxItems: 50 }));

const Http = Type.Object(
  {
    kind: Type.Literal('http'),
    baseUrl: Type.String({ format: 'uri' }),
    headers: Type.Optional(Type.Record(Type.String(), SecretText)),
    allow: Allow,
  },
  closed,
);
const Sqlite = Type.Object(
  { kind: Type.Literal('sql'), client: Type.Literal('sqlite3'), file: Text },
  closed,
);
const Postgres = Type.Object(
  { kind: Type.Literal('sql'), client: Type.Literal('pg'), url: SecretText },
  closed,
);
const Mail = Type.Object(
  {
    kind: Type.Literal('mail'),
    host: Text,
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    security: Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')]),
    user: Type.Optional(Text),
    password: Type.Optional(SecretText),
    from: Type.Object({ name: Text, address: Type.String({ format: 'email' }) }, closed),
    allow: Allow,
  },
  closed,
);

/** The meta-schema of an environment's file. */
export const environmentSchema = Type.Object(
  {
    /** Which of a manifest's destinations is meant, e.g. `production`. */
    environment: Text,
    destinations: Type.Record(Type.String(), Type.Union([Http, Sqlite, Postgres, Mail])),
    /** The file that holds each secret, relative to this one. */
    secrets: Type.Record(Type.String(), Text),
  },
  closed,
);

/** Where the systems behind the connectors are in one environment, as its file says. */
export type EnvironmentFile = Readonly<Static<typeof environmentSchema>>;

/** Reads the text of an environment's file; the value is absent where there is a problem. */
export function readEnvironment(text: string): {
  readonly value?: EnvironmentFile;
  readonly problems: readonly Problem[];
} {
  const { file, problems } = readYamlFile('destinations.yaml', text);
  if (file === undefined) return { problems };
  const checked = checkForm(file, environmentSchema);
  return checked.file === undefined
    ? { problems: checked.problems }
    : { value: checked.file.value, problems: [] };
}
