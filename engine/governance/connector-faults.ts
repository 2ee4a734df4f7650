/** The rules of a connector manifest that its meta-schema cannot say. */
import type { Path } from '../kernel/problem.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import { canonicalJson } from './canonical-json.ts';
import { messagesOf, operationsOf } from './connector-manifest.ts';
import type {
  WrittenConnector,
  HttpOperation,
  MailOperation,
  OperationManifest,
  SqlOperation,
} from './connector-manifest.ts';

/** One fault of a manifest, placed by its path. */
export interface ConnectorFault {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
}

type ObjectSchema = OperationManifest['input'];

/** Tells the faults of a manifest that fits its meta-schema; an empty list means that it is sound. */
export function connectorFaults(manifest: WrittenConnector): readonly ConnectorFault[] {
  const faults: ConnectorFault[] = [];
  const operations = operationsOf(manifest);
  for (const [name, operation] of operations) {
    faults.push(...lookupFaults(name, operation, operations));
    faults.push(...pathFaults(name, operation));
    if ('statement' in operation) faults.push(...statementFaults(name, operation));
  }
  if (manifest.kind === 'mail') {
    for (const [name, operation] of Object.entries(manifest.operations)) {
      faults.push(...mailFaults(name, operation));
    }
  }
  faults.push(...inboundFaults(manifest));
  return faults;
}

function lookupFaults(
  name: string,
  operation: OperationManifest,
  operations: ReadonlyMap<string, OperationManifest>,
): ConnectorFault[] {
  const at = ['operations', name, 'lookup'];
  const fault = (code: string, message: string) => [{ code, path: at, message }];
  const { lookup } = operation;
  if (lookup === undefined) {
    return operation.delivery === 'ledger'
      ? fault(
          'lookup-missing',
          `"${name}" is delivered by ledger: say with "lookup" which operation tells whether it happened.`,
        )
      : [];
  }
  if (operation.delivery !== 'ledger') {
    return fault(
      'lookup-unused',
      `Only delivery "ledger" uses "lookup"; "${name}" says "${operation.delivery}". Take one of them away.`,
    );
  }
  const other = operations.get(lookup.operation);
  if (other?.effect !== 'read') {
    const known = [...operations].filter(([, { effect }]) => effect === 'read').map(([key]) => key);
    return fault(
      'lookup-operation',
      `"${lookup.operation}" is not a read operation of this connector; there are: ${known.join(', ') || 'none'}.`,
    );
  }
  if (Object.keys(propertiesOf(other.input)).length !== 1) {
    return fault(
      'lookup-input',
      `"${lookup.operation}" must have exactly one input, which "${lookup.by}" is given to.`,
    );
  }
  if (canonicalJson(other.output) !== canonicalJson(operation.output)) {
    return fault(
      'lookup-output',
      `"${lookup.operation}" must have the same output as "${name}", because its answer is taken for it.`,
    );
  }
  return [];
}

function pathFaults(name: string, operation: OperationManifest): ConnectorFault[] {
  const faults: ConnectorFault[] = [];
  for (const [path, inputPath] of inputPaths(operation)) {
    if (!reaches(operation.input, inputPath.split('.'))) {
      faults.push({
        code: 'input-path',
        path: ['operations', name, ...path],
        message: `"${inputPath}" is not part of the input of "${name}", which has: ${Object.keys(propertiesOf(operation.input)).join(', ') || 'nothing'}.`,
      });
    }
  }
  return faults;
}

function inputPaths(operation: OperationManifest): [Path, string][] {
  const paths: [Path, string][] = [];
  if ('request' in operation) paths.push(...requestPaths(operation));
  if ('statement' in operation) paths.push(...parameterPaths(operation));
  if (operation.lookup !== undefined) paths.push([['lookup', 'by'], operation.lookup.by]);
  return paths;
}

function requestPaths({ request }: HttpOperation): [Path, string][] {
  const paths: [Path, string][] = [];
  for (const [, inputPath = ''] of request.path.matchAll(/\{([^}]*)\}/g)) {
    paths.push([['request', 'path'], inputPath]);
  }
  for (const [key, inputPath] of Object.entries(request.query ?? {})) {
    paths.push([['request', 'query', key], inputPath]);
  }
  const body = request.body ?? {};
  if (typeof body === 'string') paths.push([['request', 'body'], body]);
  else {
    for (const [key, inputPath] of Object.entries(body)) {
      paths.push([['request', 'body', key], inputPath]);
    }
  }
  return paths;
}

function parameterPaths({ parameters = {} }: SqlOperation): [Path, string][] {
  return Object.entries(parameters).map(([key, path]) => [['parameters', key], path]);
}

const PLACEHOLDER = /(?<![:\w]):([A-Za-z]\w*)(:(?!:))?/g;

function statementFaults(name: string, operation: SqlOperation): ConnectorFault[] {
  const given = Object.keys(operation.parameters ?? propertiesOf(operation.input));
  const faults: ConnectorFault[] = [];
  for (const [written, parameter = '', identifier] of operation.statement.matchAll(PLACEHOLDER)) {
    const fault = (code: string, message: string): void => {
      faults.push({ code, path: ['operations', name, 'statement'], message });
    };
    if (identifier !== undefined) {
      fault(
        'statement-identifier',
        `"${written}" would put a value in the place of a name; only values may be set.`,
      );
    } else if (!given.includes(parameter)) {
      fault(
        'statement-parameter',
        `":${parameter}" is none of the parameters, which are: ${given.join(', ') || 'none'}.`,
      );
    }
  }
  return faults;
}

const MAIL_INPUTS = ['to', 'subject', 'text', 'html'];

function mailFaults(name: string, { input }: MailOperation): ConnectorFault[] {
  const given = Object.keys(propertiesOf(input));
  const required = requiredOf(input);
  const wrong = given.filter((key) => !MAIL_INPUTS.includes(key));
  const missing = ['to', 'subject', 'text'].filter((key) => !required.includes(key));
  if (wrong.length === 0 && missing.length === 0) return [];
  return [
    {
      code: 'mail-input',
      path: ['operations', name, 'input'],
      message: `A mail has the inputs to, subject, text (required) and html; ${[
        ...wrong.map((key) => `"${key}" is none of them`),
        ...missing.map((key) => `"${key}" must be required`),
      ].join(', ')}.`,
    },
  ];
}

function inboundFaults(manifest: WrittenConnector): ConnectorFault[] {
  const faults: ConnectorFault[] = [];
  const messages = messagesOf(manifest);
  for (const [name, { correlate, body }] of messages) {
    if (!reaches(body, correlate.split('.'), { required: true })) {
      faults.push({
        code: 'correlate',
        path: ['messages', name, 'correlate'],
        message: `"${correlate}" must be a required field of the body of "${name}": messages are matched by it.`,
      });
    }
  }
  const signature = 'signature' in manifest ? manifest.signature : undefined;
  if (messages.size > 0 && signature === undefined) {
    faults.push({
      code: 'signature-missing',
      path: ['messages'],
      message: 'Messages from outside must be signed: add "signature" with the name of the secret.',
    });
  }
  if (signature !== undefined && !(manifest.secrets ?? []).includes(signature.secret)) {
    faults.push({
      code: 'secret-undeclared',
      path: ['signature', 'secret'],
      message: `The secret "${signature.secret}" is not listed in "secrets".`,
    });
  }
  return faults;
}

/** Follows a path through inline properties; what lies behind a `$ref` is the type's own matter. */
function reaches(
  schema: ObjectSchema,
  [head, ...rest]: readonly string[],
  options: { readonly required: boolean } = { required: false },
): boolean {
  if (head === undefined || '$ref' in schema) return true;
  const properties = propertiesOf(schema);
  const property = Object.hasOwn(properties, head) ? properties[head] : undefined;
  if (property === undefined || (options.required && !requiredOf(schema).includes(head))) {
    return false;
  }
  return typeof property === 'boolean' || reaches(property, rest, options);
}

function propertiesOf(schema: ObjectSchema): Readonly<Record<string, JsonSchema>> {
  const properties = schema['properties'];
  return isRecord(properties) ? properties : {};
}

function requiredOf(schema: ObjectSchema): readonly unknown[] {
  const required = schema['required'];
  return Array.isArray(required) ? required : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, JsonSchema>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
