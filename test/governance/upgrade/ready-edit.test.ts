import { expect } from 'chai';
import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { YAMLMap } from 'yaml';
import { checkEverything } from '../../../engine/forms/impact-of-core.ts';
import { WORKFLOW_JUDGE } from '../../../engine/forms/workflow-judge.ts';
import { buildCoreView } from '../../../engine/governance/core/build-core-view.ts';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import type { CoreState } from '../../../engine/governance/impact/changed-core.ts';
import { readyEdits } from '../../../engine/governance/upgrade/ready-edit.ts';
import type { ReadyEdit } from '../../../engine/governance/upgrade/ready-edit.ts';
import { examineWorkflow } from '../../../engine/forms/examine-workflow.ts';
import type { TestVerdict } from '../../../engine/forms/examine-workflow.ts';
import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';
import type { Problem } from '../../../engine/kernel/problem.ts';
import { readCoreFiles, readWorkflows } from '../../../server/host/workspace.ts';
import { customer } from '../evolution/states.ts';
import { DESK, deskFiles } from './desk-workflow.ts';

const FIELDS = `
    id: { type: string }
    vatNo: { type: string, maxLength: 20 }
    segment: { enum: [key, oem] }`;
const RENAMED = FIELDS.replace('vatNo: {', 'taxId: { x-alias: vatNo,');

describe('the edit that brings a workflow to another release', () => {
  it('gives a field its new name wherever it is used, and nowhere else', () => {
    const [edit] = edits([customer(1, FIELDS), customer(2, RENAMED)]);
    expect(edit?.problems).to.deep.equal([]);
    expect(edit?.source.text).to.equal(
      DESK.source.text
        .replaceAll('customer.vatNo', 'customer.taxId')
        .replaceAll('picked.vatNo', 'picked.taxId')
        .replaceAll('columns: [id, vatNo]', 'columns: [id, taxId]'),
    );
    expect(edit?.source.files['told.hbs']).to.equal('Your number, vatNo, is {{customer.taxId}}.\n');
    expect(edit?.source.files['cases.yaml']).to.equal(
      (DESK.source.files['cases.yaml'] ?? '')
        .replaceAll('{ id: c1, vatNo: IE1 }', '{ id: c1, taxId: IE1 }')
        .replaceAll('        vatNo: IE2', '        taxId: IE2')
        .replaceAll('customer.vatNo: IE1', 'customer.taxId: IE1'),
    );
  });

  it('changes no more than it must', () => {
    const fill = `from: '1.1'\nbackfill: [{ type: Customer, field: taxId, set: '"none"' }]\n`;
    const [edit] = edits([customer(1, FIELDS), customer(2, RENAMED, ['taxId'])], fill);
    expect(edit?.problems).to.deep.equal([]);
    expect(edit?.source.text).to.contain('- customer.taxId\n');
  });

  it('follows names over several releases', () => {
    const again = RENAMED.replace('taxId: { x-alias: vatNo,', 'tax: { x-alias: taxId,');
    const [edit] = edits([customer(1, FIELDS), customer(2, RENAMED), customer(3, again)]);
    expect(edit?.problems).to.deep.equal([]);
    expect(edit?.source.text).to.contain('customer.tax,').and.not.to.contain('taxId');
  });

  it('follows a field that lies elsewhere in its type now', () => {
    const inside = FIELDS.replace(
      'vatNo: { type: string, maxLength: 20 }',
      'tax: { type: object, properties: { number: { type: string, maxLength: 20 } } }',
    );
    const moved = `from: '1.1'\nrenamed: { Customer.vatNo: Customer.tax.number }\n`;
    const [edit] = edits([customer(1, FIELDS), customer(2, inside)], moved);
    expect(edit?.source.text).to.contain('{{customer.tax.number}}');
    expect(edit?.source.files['told.hbs']).to.contain('{{customer.tax.number}}');
    expect(edit?.source.files['cases.yaml'])
      .to.contain('{ id: c1, tax: { number: IE1 } }')
      .and.to.contain('        tax: { number: IE2 }\n')
      .and.to.contain('customer.tax.number: IE1');
    // A column of a table is a field of its items, and nothing inside of one.
    const places = edit?.problems.map(({ path }) => path.join('.'));
    expect(places).to.deep.equal(['forms.ask.fields.3.columns.1']);
  });

  it('says what is left to be done by hand', () => {
    const gone = RENAMED.replace(/ {4}segment.*$/mu, '');
    const [edit] = edits([customer(1, FIELDS), customer(2, gone)]);
    expect(edit?.problems.map(({ code }) => code)).to.deep.equal(['unknown-field']);
    expect(edit?.source.text).to.contain('customer.taxId');
  });

  it('is none where no name has to change', () => {
    const gone = FIELDS.replace(/ {4}segment.*$/mu, '');
    expect(edits([customer(1, FIELDS), customer(2, gone)])).to.deep.equal([]);
  });
});

describe('a field of the bundled core that gets another name', function () {
  this.timeout(120_000);

  it('has an edit ready for every workflow that it breaks, which passes its check and its test cases', async () => {
    const files = new Map(await readCoreFiles('.'));
    const before = stateOf(files, '1.1');
    if (before === undefined) throw new Error('The bundled core has errors.');
    const versions = (await readWorkflows('.')).map((source) => ({
      ...{ name: source.name, version: 1, source, pins: {} },
    }));
    const mended: string[] = [];
    for (const [type, field] of fieldsOf(before)) {
      const changed = withNewName(files, type, field);
      const after = stateOf(changed, '1.2');
      // What connectors and core processes name has to change with it, by hand.
      if (after === undefined) continue;
      const broken = WORKFLOW_JUDGE.impactOf(before, after, versions)
        .filter(({ kind, verdict }) => kind === 'workflow' && verdict === 'broken')
        .map(({ name }) => name);
      const made = WORKFLOW_JUDGE.readyOf(before, after, versions, broken);
      expect(
        made.map(({ name }) => name),
        `${type}.${field}`,
      ).to.deep.equal(broken);
      for (const { name, source, problems } of made) {
        expect(problems, `${type}.${field} in ${name}`).to.deep.equal([]);
        const { errors, tests } = examined(name, source, after);
        expect(errors, `${type}.${field}`).to.deep.equal([]);
        expect(tests?.failed, `${type}.${field}`).to.deep.equal([]);
        mended.push(`${type}.${field}`);
      }
    }
    expect(mended).to.include.members([
      'Customer.vatNo',
      'Customer.contactEmail',
      'Quote.poNumber',
    ]);
  });
});

describe('an operation and a role of the bundled core that get other names', () => {
  it('have an edit ready that passes its check and its test cases', async () => {
    const files = new Map(await readCoreFiles('.'));
    const changed = new Map(
      [...files].map(([path, text]) => [
        path,
        text
          .replaceAll(/\bfindCustomer\b/gu, 'matchCustomer')
          .replaceAll(/\bsales-rep\b/gu, 'seller'),
      ]),
    );
    const renamed = { 'oms.findCustomer': 'oms.matchCustomer', 'role:sales-rep': 'role:seller' };
    changed.set('upgrade.yaml', JSON.stringify({ from: '1.1', renamed }));
    const [before, after] = [stateOf(files, '1.1'), stateOf(changed, '1.2')];
    if (before === undefined || after === undefined) throw new Error('The core has errors.');
    const source = await bundledWorkflow('online-quote');
    const versions = [{ name: 'online-quote', source, version: 1, pins: {} }];
    const [edit] = WORKFLOW_JUDGE.readyOf(before, after, versions, ['online-quote']);
    expect(edit?.problems).to.deep.equal([]);
    expect(edit?.source.text).not.to.match(/findCustomer|sales-rep/u);
    const { errors, tests } = examined('online-quote', edit?.source ?? source, after);
    expect(errors).to.deep.equal([]);
    expect(tests?.failed).to.deep.equal([]);
  });
});

describe('a field of the bundled core that must be there from now on', () => {
  it('is asked for by the forms that have it, and given by the test cases', async () => {
    const files = new Map(await readCoreFiles('.'));
    const before = stateOf(files, '1.1');
    const renamed = withNewName(files, 'Customer', 'vatNo');
    const type = (renamed.get('types/Customer.yaml') ?? '').replace(
      '[ id, legalName ]',
      '[ id, legalName, vatNoAnew ]',
    );
    const fill = `from: '1.1'\nbackfill: [{ type: Customer, field: vatNoAnew, set: '"IE0000000"' }]\n`;
    const after = stateOf(
      new Map([...renamed, ['types/Customer.yaml', type], ['upgrade.yaml', fill]]),
      '1.2',
    );
    if (before === undefined || after === undefined) throw new Error('The core has errors.');
    const source = await bundledWorkflow('online-quote');
    const inOneLine = source.files['cases.yaml'] ?? '';
    // Test cases are written in the one way or the other.
    const written = parseDocument(inOneLine);
    visit(written, { Map: (_key, map) => void (map.flow = false) });
    for (const cases of [inOneLine, written.toString()]) {
      const tested = { ...source, files: { ...source.files, 'cases.yaml': cases } };
      const versions = [{ name: 'online-quote', source: tested, version: 1, pins: {} }];
      const [edit] = WORKFLOW_JUDGE.readyOf(before, after, versions, ['online-quote']);
      expect(edit?.problems).to.deep.equal([]);
      expect(edit?.source.text).to.contain('- { field: customer.vatNoAnew, required: true }');
      const { tests } = examined('online-quote', edit?.source ?? source, after);
      expect(tests?.failed).to.deep.equal([]);
    }
  });
});

async function bundledWorkflow(name: string): Promise<WorkflowSource> {
  const source = (await readWorkflows('.')).find((one) => one.name === name);
  if (source === undefined) throw new Error(`There is no ${name}.`);
  return source;
}

/** What is found of a workflow, with its test cases. */
function examined(
  name: string,
  source: WorkflowSource,
  { core, view }: CoreState,
): { readonly errors: readonly Problem[]; readonly tests?: TestVerdict } {
  const processes = [...core.processes].map(([process, one]) => ({ name: process, source: one }));
  const { passed, problems } = examineWorkflow(name, [...processes, { name, source }], view);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return { errors, ...(passed === undefined ? {} : { tests: passed.tests }) };
}

/** The edits of the desk over releases of its type. */
function edits(types: readonly string[], upgrade?: string): readonly ReadyEdit[] {
  const releases = types.map((type, index) => {
    const files = deskFiles(type);
    if (upgrade !== undefined && index === types.length - 1) files.set('upgrade.yaml', upgrade);
    const state = stateOf(files, `1.${index + 1}`);
    if (state === undefined) throw new Error('The core has errors.');
    return state;
  });
  const versions = [{ ...DESK, version: 3, pins: {} }];
  return readyEdits({ releases, versions, check: checkEverything }, ['desk']);
}

function stateOf(files: ReadonlyMap<string, string>, release: string): CoreState | undefined {
  const { core } = readCore(files);
  return core && { core, view: buildCoreView(core, release) };
}

function fieldsOf({ core }: CoreState): readonly (readonly [string, string])[] {
  return [...core.types].flatMap(([type, { schema }]) =>
    Object.keys(schema['properties'] ?? {}).map((field) => [type, field] as const),
  );
}

/** The files of a core in which a field has another name. */
function withNewName(
  files: ReadonlyMap<string, string>,
  type: string,
  field: string,
): ReadonlyMap<string, string> {
  const path = `types/${type}.yaml`;
  const other = `${field}Anew`;
  const document = parseDocument(files.get(path) ?? '');
  const properties = document.getIn(['schema', 'properties']) as YAMLMap;
  const pair = properties.items.find(({ key }) => isScalar(key) && key.value === field);
  if (pair !== undefined && isScalar(pair.key)) pair.key.value = other;
  if (isMap(pair?.value)) pair.value.set('x-alias', field);
  const required = document.getIn(['schema', 'required']);
  if (isSeq(required)) {
    for (const one of required.items) if (isScalar(one) && one.value === field) one.value = other;
  }
  if (document.get('key') === field) document.set('key', other);
  document.set('version', Number(document.get('version')) + 1);
  const policies = files.get('policies.yaml') ?? '';
  return new Map([
    ...files,
    [path, document.toString()],
    [
      'policies.yaml',
      policies.replaceAll(new RegExp(`\\b${type}\\.${field}\\b`, 'gu'), `${type}.${other}`),
    ],
  ]);
}
