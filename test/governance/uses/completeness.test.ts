import { expect } from 'chai';
import { checkTogether, loadCore, readCore, usesOf, whereUsed } from '../../../engine/index.ts';
import type { Core } from '../../../engine/index.ts';
import { readCoreFiles, readWorkflows } from '../../../server/host/workspace.ts';

describe('what uses a field', function () {
  this.timeout(20_000);

  it('names every line at which the check finds something new without the field', async () => {
    const { core } = readCore(await readCoreFiles('.'));
    if (core === undefined) throw new Error('The bundled core has errors.');
    const view = viewOf(core);
    const sources = [
      ...[...core.processes].map(([name, source]) => ({ name, source })),
      ...(await readWorkflows('.')).map((source) => ({ name: source.name, source })),
    ];
    const { passed, refused } = checkTogether(sources, view);
    expect(refused).to.deep.equal([]);
    const uses = passed.flatMap(({ name, source, workflow, core: seen, map }) =>
      map === undefined
        ? []
        : usesOf({ name, text: source.text, workflow, core: seen, map }).map((use) => ({
            what: use.what,
            place: `${name} ${use.file.endsWith('.yaml') ? '' : use.file} ${use.position.line}`,
          })),
    );
    const problemsOf = (all: ReturnType<typeof checkTogether>): readonly string[][] =>
      [...all.passed, ...all.refused].flatMap(({ name, problems }) =>
        problems.map(({ file = '', position, message }) => [
          `${name} ${file} ${String(position?.line)}`,
          message,
        ]),
      );
    const before = new Set(problemsOf({ passed, refused }).map((one) => one.join(' ')));
    let found = 0;
    for (const [type, field] of fieldsOf(core)) {
      const told = whereUsed(`${type}.${field}`, uses, view).map(({ place }) => place);
      const after = problemsOf(checkTogether(sources, viewOf(without(core, type, field))));
      const fresh = after.filter((one) => !before.has(one.join(' ')));
      found += fresh.length;
      for (const [place, message] of fresh) {
        expect(told, `${type}.${field}: ${String(message)}`).to.include(place);
      }
    }
    expect(found, 'what was found at all').to.be.greaterThan(10);
  });
});

function viewOf(core: Core): ReturnType<typeof loadCore>['view'] {
  return loadCore(core, `${core.settings.line}.1`).view;
}

function schemaOf(core: Core, type: string): Readonly<Record<string, unknown>> {
  const schema = core.types.get(type)?.schema;
  return typeof schema === 'object' ? schema : {};
}

function fieldsOf(core: Core): readonly (readonly [type: string, field: string])[] {
  return [...core.types.keys()].flatMap((type) =>
    Object.keys(schemaOf(core, type)['properties'] ?? {}).map((field) => [type, field] as const),
  );
}

function without(core: Core, type: string, field: string): Core {
  const file = core.types.get(type);
  if (file === undefined) return core;
  const { properties, required, ...others } = schemaOf(core, type);
  const kept = Object.entries(properties as object).filter(([name]) => name !== field);
  const schema = {
    ...others,
    properties: Object.fromEntries(kept) as Record<string, unknown>,
    required: ((required ?? []) as string[]).filter((name) => name !== field),
  };
  return { ...core, types: new Map(core.types).set(type, { ...file, schema }) };
}
