import { buildCoreView } from '../../../engine/governance/core/build-core-view.ts';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import type { CoreState } from '../../../engine/governance/impact/changed-core.ts';
import { WORKSHOP_FILES } from '../../kernel/fixtures/workshop.ts';

/** Writes the file of the type `Customer`, which a group holds. */
export function customer(
  version: number,
  fields: string,
  required: readonly string[] = [],
  upcast?: string,
): string {
  return `type: Customer
version: ${version}
title: Customer
owner: office
compatibility: backward
source: here
key: id
extensible: false
${upcast === undefined ? '' : `upcast: ${upcast}\n`}schema:
  type: object
  required: [${['id', ...required].join(', ')}]
  properties:${fields}
`;
}

const GROUP = `type: Group
version: 1
title: Group
owner: office
compatibility: backward
source: elsewhere
key: name
extensible: false
schema:
  type: object
  required: [name]
  properties:
    name: { type: string }
    head: { $ref: Customer }
    members: { type: array, items: { $ref: Customer } }
`;

/** The files of a core with this type. */
export function filesWith(type: string): ReadonlyMap<string, string> {
  return new Map([...WORKSHOP_FILES, ['types/Customer.yaml', type], ['types/Group.yaml', GROUP]]);
}

/** Reads a core, or throws what is wrong with it. */
export function stateOf(files: ReadonlyMap<string, string>): CoreState {
  const { core, problems } = readCore(files);
  if (core === undefined) {
    throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  }
  return { core, view: buildCoreView(core, '1.1') };
}
