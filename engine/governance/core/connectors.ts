import { Type } from '@sinclair/typebox';
import type { Path, Problem } from '../../kernel/problem.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import type { Validator } from '../../kernel/validator/validator.ts';
import { connectorFaults } from '../connector-faults.ts';
import { connectorSchemas, messagesOf, operationsOf } from '../connector-manifest.ts';
import type { ConnectorKind, WrittenConnector } from '../connector-manifest.ts';
import type { Fault } from './fault.ts';
import { RECORDS } from './record-words.ts';
import { checkForm, place } from './yaml-file.ts';
import type { CheckedFile, YamlFile } from './yaml-file.ts';

const KINDS = Object.keys(connectorSchemas) as readonly ConnectorKind[];
const OTHER_KINDS = ['records', 'csv'] as const;
type WrittenKind = ConnectorKind | (typeof OTHER_KINDS)[number];

const anyConnector = Type.Object({
  connector: Type.Optional(Type.Unknown()),
  kind: Type.Unsafe<WrittenKind>({ enum: [...KINDS, ...OTHER_KINDS] }),
});

/** Holds a manifest against the meta-schema of its kind, so that its faults are told as they are. */
export function checkManifest(file: YamlFile<unknown>): CheckedFile<WrittenConnector> {
  const { file: any, problems } = checkForm(file, anyConnector);
  if (any === undefined) return { problems };
  const { kind, connector } = any.value;
  if (kind === 'records') return { problems: place(file, [noManifest('kind')]) };
  if (connector === RECORDS) return { problems: place(file, [noManifest('connector')]) };
  if (kind === 'csv') return { problems: place(file, [notBuilt(kind)]) };
  return checkForm(file, connectorSchemas[kind]);
}

/** Tells what is wrong in a manifest beyond its form: every schema in it, then its own rules. */
export function manifestProblems(
  file: YamlFile<WrittenConnector>,
  validator: Validator,
): readonly Problem[] {
  const schemas = schemasOf(file.value).flatMap(({ schema, path }) =>
    validator.check(schema).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
  );
  return place(file, schemas.length > 0 ? schemas : connectorFaults(file.value));
}

function schemasOf(
  manifest: WrittenConnector,
): readonly { readonly schema: JsonSchema; readonly path: Path }[] {
  return [
    ...[...operationsOf(manifest)].flatMap(([name, { input, output }]) => [
      { schema: input, path: ['operations', name, 'input'] },
      { schema: output, path: ['operations', name, 'output'] },
    ]),
    ...[...messagesOf(manifest)].map(([name, { body }]) => ({
      schema: body,
      path: ['messages', name, 'body'],
    })),
  ];
}

/** Records need none: what may be done with them follows from the types. */
function noManifest(key: string): Fault {
  return {
    code: 'records-connector',
    path: [key],
    message:
      'Records need no connector: every type with "source: here" has the operations records.TYPE.find, get, create and update. Take this file away, or give the connector another name and kind.',
  };
}

function notBuilt(kind: string): Fault {
  return {
    code: 'not-built',
    path: ['kind'],
    message: `Connectors of the kind "${kind}" are not built in this version of Trellis. There are: ${KINDS.join(', ')}.`,
  };
}
