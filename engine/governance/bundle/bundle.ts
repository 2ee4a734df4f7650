/**
 * What one environment hands to another as one file: a release of the core, or published workflows.
 * It holds what is governed and nothing of the environment: of destinations and secrets a core has
 * the names alone, and what names them is another file.
 */
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { TrellisError } from '../../kernel/errors.ts';
import { SIZE_LIMITS } from '../../kernel/validator/value-size.ts';
import { canonicalJson } from '../canonical-json.ts';
import { metaErrors } from '../core/meta-schema.ts';
import { digestText } from '../digest.ts';
import { signedLockSchema, unsignedLockSchema } from '../lock.ts';

const FORMAT = 'trellis/bundle/1';

/** The longest bundle that is read, in characters. */
export const LONGEST_BUNDLE = 32 * 1024 * 1024;

const LIMITS = { ...SIZE_LIMITS, characters: LONGEST_BUNDLE };

const closed = { additionalProperties: false } as const;
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Files = Type.Record(Type.String({ minLength: 1, maxLength: 300 }), Type.String());
const Company = Type.String({ minLength: 1, maxLength: 200 });
const Release = Type.String({ pattern: '^[1-9][0-9]{0,8}\\.[1-9][0-9]{0,8}$' });

const BundledWorkflow = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,99}$' }),
    /** The version that it is where it comes from. */
    version: Type.Integer({ minimum: 1 }),
    /** Of its text and its files. */
    digest: Digest,
    text: Type.String(),
    files: Files,
  },
  closed,
);

const HEAD = { format: Type.Literal(FORMAT), company: Company, digest: Digest };

/** The meta-schema of a bundle with a release. */
export const coreBundleSchema = Type.Object(
  {
    ...HEAD,
    kind: Type.Literal('core'),
    lock: Type.Union([signedLockSchema, unsignedLockSchema]),
    files: Files,
  },
  closed,
);

/** The meta-schema of a bundle with workflows. */
export const workflowBundleSchema = Type.Object(
  {
    ...HEAD,
    kind: Type.Literal('workflows'),
    /** What they were published on, where they come from. */
    release: Type.Object({ release: Release, digest: Digest }, closed),
    /** What others run stands before them. */
    workflows: Type.Array(BundledWorkflow, { minItems: 1, maxItems: 1_000 }),
  },
  closed,
);

/** A release of the core, with its lock. */
export type CoreBundle = Readonly<Static<typeof coreBundleSchema>>;

/** Published workflows, with all that they run except core processes. */
export type WorkflowBundle = Readonly<Static<typeof workflowBundleSchema>>;

export type BundledWorkflow = Readonly<Static<typeof BundledWorkflow>>;

export type Bundle = CoreBundle | WorkflowBundle;

/** What a bundle says beside its format and its digest. */
export type BundleContent =
  Omit<CoreBundle, 'format' | 'digest'> | Omit<WorkflowBundle, 'format' | 'digest'>;

/** Writes a bundle: RFC 8785 canonical JSON and a line's end, so that the same content is the same bytes. */
export function showBundle(content: BundleContent): string {
  const whole = { format: FORMAT, ...content };
  return `${canonicalJson({ ...whole, digest: digestText(canonicalJson(whole)) })}\n`;
}

/**
 * Reads a bundle. There is one text for one content: whatever is changed, added or cut off is seen.
 * Whether a lock fits the files and who signed it, `coreOfBundle` tells.
 *
 * @throws `TrellisError` with code `bundle-unreadable`.
 */
export function readBundle(text: string): Bundle {
  if (text.length > LONGEST_BUNDLE)
    throw unreadable(`it is longer than ${LONGEST_BUNDLE} characters`);
  const written = parse(text);
  refuseOtherFormat(written);
  const isCore = (written as { kind?: unknown }).kind === 'core';
  const [error] = metaErrors(isCore ? coreBundleSchema : workflowBundleSchema, written, LIMITS);
  if (error !== undefined)
    throw unreadable(`"${error.pointer === '' ? '/' : error.pointer}" ${error.message}`);
  const bundle = written as Bundle;
  const found = showBundle(contentOf(bundle));
  if (found !== text)
    throw unreadable(
      found.includes(bundle.digest)
        ? 'it is not written as it is exported'
        : `its content has another digest than ${bundle.digest}, which it says`,
    );
  return bundle;
}

function contentOf(bundle: Bundle): BundleContent {
  const { company } = bundle;
  if (bundle.kind === 'core')
    return { kind: 'core', company, lock: bundle.lock, files: bundle.files };
  const { release, workflows } = bundle;
  return { kind: 'workflows', company, release, workflows };
}

function refuseOtherFormat(written: unknown): void {
  const format: unknown =
    Object(written) === written ? Reflect.get(written as object, 'format') : '';
  if (format === FORMAT) return;
  const isOther = typeof format === 'string' && format.startsWith('trellis/');
  throw unreadable(
    isOther
      ? `it is of the format "${format.slice(0, 40)}", and this version of Trellis reads "${FORMAT}"`
      : `it has no "format": "${FORMAT}"`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** @internal */
export function unreadable(why: string): TrellisError {
  return new TrellisError(
    'bundle-unreadable',
    `This is no whole bundle: ${why}. Export it again with "npx trellis export". Nothing was written.`,
  );
}
