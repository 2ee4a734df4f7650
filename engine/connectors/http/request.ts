import type { HttpOperation } from '../../governance/connector-manifest.ts';
import { valueAt } from '../../governance/input-path.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { TrellisError } from '../../kernel/errors.ts';

/** What goes over the wire for one call, without the destination's headers. */
export interface WireRequest {
  readonly method: HttpOperation['request']['method'];
  readonly url: URL;
  readonly body?: string;
}

/**
 * Writes one call as a request below the destination's base address.
 *
 * @throws `TrellisError` with code `wrong-input` when a value cannot stand in the path: the path
 * that IT approved is never left.
 */
export function buildRequest(
  base: URL,
  { method, path, query = {}, body }: HttpOperation['request'],
  input: JsonObject,
): WireRequest {
  const url = new URL(base);
  url.pathname = base.pathname.replace(/\/$/, '') + fillPath(path, input);
  for (const [name, inputPath] of Object.entries(query)) {
    const value = valueAt(input, inputPath);
    if (value !== undefined) url.searchParams.append(name, plainText(inputPath, value));
  }
  const sent = buildBody(method, body, input);
  return { method, url, ...(sent === undefined ? {} : { body: JSON.stringify(sent) }) };
}

function fillPath(template: string, input: JsonObject): string {
  return template
    .split('/')
    .map((segment) => {
      const filled = segment.replaceAll(/\{([^}]*)\}/g, (_, inputPath: string) =>
        encodeSegment(inputPath, plainText(inputPath, valueAt(input, inputPath) ?? '')),
      );
      if (filled !== segment && /^\.{0,2}$/.test(filled)) {
        throw new TrellisError(
          'wrong-input',
          `The path ${template} cannot be filled: "${segment}" would be "${filled}".`,
        );
      }
      return filled;
    })
    .join('/');
}

function encodeSegment(inputPath: string, value: string): string {
  try {
    return encodeURIComponent(value);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new TrellisError(
      'wrong-input',
      `"${inputPath}" holds half a character and cannot stand in an address.`,
    );
  }
}

function plainText(inputPath: string, value: Json): string {
  if (typeof value === 'object') {
    throw new TrellisError(
      'wrong-input',
      `"${inputPath}" must be a text, a number or yes/no to stand in an address.`,
    );
  }
  return String(value);
}

function buildBody(
  method: WireRequest['method'],
  body: HttpOperation['request']['body'],
  input: JsonObject,
): Json | undefined {
  if (typeof body === 'string') return valueAt(input, body);
  if (body === undefined) return method === 'GET' || method === 'DELETE' ? undefined : input;
  const fields = Object.entries(body).map(([name, path]) => [name, valueAt(input, path)] as const);
  return Object.fromEntries(
    fields.filter((field): field is [string, Json] => field[1] !== undefined),
  );
}
