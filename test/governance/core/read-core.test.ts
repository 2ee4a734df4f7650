import { expect } from 'chai';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { SMALL_CORE, coreWith } from './small-core.ts';

interface Rule {
  readonly rule: string;
  readonly file: string;
  /** What stands in the sound file, and what is written instead. */
  readonly change: readonly [from: string, to: string];
  readonly code: string;
  readonly line: number;
  readonly says?: RegExp;
}

const CORE = 'core.yaml';
const CLAIM = 'types/Claim.yaml';
const ITEM = 'types/Item.yaml';
const STORE = 'connectors/store/connector.yaml';
const POLICIES = 'policies.yaml';
const HOLIDAYS = 'reference/holidays.csv';
const FETCH = 'processes/fetch.yaml';

/** One wrong thing each, with the code and the line that it is reported with. */
const RULES: readonly Rule[] = [
  // Any YAML file
  {
    rule: 'broken YAML',
    file: CORE,
    change: ['[clerk,', '[clerk, ['],
    code: 'yaml-syntax',
    line: 5,
  },
  {
    rule: 'an anchor',
    file: CORE,
    change: ['[clerk,', '&a [clerk,'],
    code: 'yaml-anchor',
    line: 4,
  },
  {
    rule: 'a key that the format does not have',
    file: CORE,
    change: ['line: 1', 'line: 1\nlines: 2'],
    code: 'unknown-key',
    line: 3,
  },
  {
    rule: 'a key that is missing',
    file: CLAIM,
    change: ['owner: it\n', ''],
    code: 'missing-key',
    line: 1,
    says: /owner/,
  },
  {
    rule: 'a value of the wrong kind',
    file: CORE,
    change: ['line: 1', 'line: one'],
    code: 'wrong-form',
    line: 2,
  },
  {
    rule: 'a file that is not a group of fields',
    file: CORE,
    change: [SMALL_CORE.get(CORE) ?? '', '- a'],
    code: 'wrong-form',
    line: 1,
    says: /The file/,
  },
  // core.yaml
  {
    rule: 'a role twice',
    file: CORE,
    change: ['[clerk,', '[clerk, clerk,'],
    code: 'wrong-form',
    line: 4,
  },
  {
    rule: 'a zone that does not exist',
    file: CORE,
    change: ['timeZone: Europe/Dublin', 'timeZone: Europe/Atlantis'],
    code: 'time-zone',
    line: 3,
    says: /Europe\/Dublin/,
  },
  {
    rule: 'a calendar in a zone that does not exist',
    file: CORE,
    change: ['    timeZone: Europe/Dublin', '    timeZone: +01:00'],
    code: 'time-zone',
    line: 8,
  },
  {
    rule: 'no default calendar',
    file: CORE,
    change: ['default:', 'other:'],
    code: 'calendar-default',
    line: 7,
  },
  {
    rule: 'hours that end before they begin',
    file: CORE,
    change: ["'10:00-12:00'", "'12:00-10:00'"],
    code: 'hours',
    line: 9,
  },
  {
    rule: 'hours that overlap',
    file: CORE,
    change: ['13:00-17:00', '11:59-17:00'],
    code: 'hours',
    line: 9,
  },
  {
    rule: 'hours on two lines that overlap',
    file: CORE,
    change: ['sat:', 'fri-sat:'],
    code: 'hours',
    line: 9,
  },
  {
    rule: 'a day that does not exist',
    file: CORE,
    change: ['sat:', 'someday:'],
    code: 'unknown-key',
    line: 9,
  },
  {
    rule: 'an approval route of an unknown role',
    file: CORE,
    change: [
      'line: 1',
      'line: 1\napprovalRoutes: { low: { approvers: 1, role: it }, high: { approvers: 2, role: manager } }',
    ],
    code: 'unknown-role',
    line: 3,
  },
  {
    rule: 'an approval route without a role',
    file: CORE,
    change: [
      'line: 1',
      'line: 1\napprovalRoutes: { low: { approvers: 1 }, high: { approvers: 2, role: manager } }',
    ],
    code: 'missing-key',
    line: 3,
  },
  // types
  {
    rule: 'a type in the wrong file',
    file: CLAIM,
    change: ['type: Claim', 'type: Claims'],
    code: 'wrong-name',
    line: 1,
    says: /Claims.*types\/Claim\.yaml/,
  },
  {
    rule: 'a reference to no type',
    file: CLAIM,
    change: ['$ref: Item', '$ref: Itme'],
    code: 'schema-reference',
    line: 16,
  },
  {
    rule: 'a pattern that RE2 does not know',
    file: ITEM,
    change: ['^[A-Z]+$', '(?=a)b'],
    code: 'schema-pattern',
    line: 14,
  },
  {
    rule: 'a schema that is none',
    file: ITEM,
    change: ['type: integer', 'type: intege'],
    code: 'schema-form',
    line: 15,
  },
  {
    rule: 'a schema of no object',
    file: ITEM,
    change: ['type: object', 'type: array'],
    code: 'type-object',
    line: 11,
  },
  {
    rule: 'a key that is no field',
    file: CLAIM,
    change: ['key: claimNo', 'key: claimNr'],
    code: 'unknown-field',
    line: 7,
    says: /Did you mean "claimNo"/,
  },
  {
    rule: 'a key of which one part is no field',
    file: ITEM,
    change: ['[sku, size]', '[sku, weight]'],
    code: 'unknown-field',
    line: 7,
  },
  {
    rule: 'a key that may be missing',
    file: CLAIM,
    change: ['required: [claimNo, ', 'required: ['],
    code: 'key-optional',
    line: 7,
  },
  {
    rule: 'a key by which records cannot be told apart',
    file: ITEM,
    change: ['size: { type: integer }', 'size: { type: number }'],
    code: 'key-kind',
    line: 7,
    says: /"size" is a number/,
  },
  {
    rule: 'a field that is called as what is asked for besides fields',
    file: CLAIM,
    change: [
      'claimNo: { type: string }',
      'claimNo: { type: string }\n    ifVersion: { type: integer }',
    ],
    code: 'record-field-name',
    line: 14,
  },
  {
    rule: 'an alias that is still a field',
    file: CLAIM,
    change: ['claimNo: { type: string }', 'claimNo: { type: string, x-alias: amount }'],
    code: 'alias-exists',
    line: 13,
  },
  {
    rule: 'an alias for two fields',
    file: ITEM,
    change: [
      'size: { type: integer }\n    label: { type: string }',
      'size: { type: integer, x-alias: old }\n    label: { type: string, x-alias: old }',
    ],
    code: 'alias-twice',
    line: 16,
  },
  {
    rule: 'an alias of no field',
    file: CLAIM,
    change: ['items: { $ref: Item }', 'items: { $ref: Item, x-alias: old }'],
    code: 'alias-place',
    line: 16,
  },
  {
    rule: 'an alias that is no name',
    file: CLAIM,
    change: ['claimNo: { type: string }', 'claimNo: { type: string, x-alias: 1 }'],
    code: 'schema-form',
    line: 13,
  },
  {
    rule: 'a unique field that is none',
    file: ITEM,
    change: ['unique: label', 'unique: lable'],
    code: 'unknown-field',
    line: 8,
  },
  {
    rule: 'an unknown way of compatibility',
    file: ITEM,
    change: ['compatibility: none', 'compatibility: maybe'],
    code: 'wrong-form',
    line: 5,
  },
  {
    rule: 'a type that may be added to, and takes no other fields',
    file: ITEM,
    change: [
      'extensible: false\nschema:',
      'extensible: true\nschema:\n  additionalProperties: false',
    ],
    code: 'extensible-closed',
    line: 11,
  },
  // connectors
  {
    rule: 'a connector in the wrong folder',
    file: STORE,
    change: ['connector: store', 'connector: shop'],
    code: 'wrong-name',
    line: 1,
  },
  {
    rule: 'a kind that does not exist',
    file: STORE,
    change: ['kind: http', 'kind: fax'],
    code: 'wrong-form',
    line: 2,
    says: /http, sql, mail, webhook/,
  },
  {
    rule: 'a connector for records, which need none',
    file: STORE,
    change: ['kind: http', 'kind: records'],
    code: 'records-connector',
    line: 2,
  },
  {
    rule: 'a connector that takes the name of the records',
    file: STORE,
    change: ['connector: store', 'connector: records'],
    code: 'records-connector',
    line: 1,
  },
  {
    rule: 'a kind that is not built',
    file: STORE,
    change: ['kind: http', 'kind: csv'],
    code: 'not-built',
    line: 2,
  },
  {
    rule: 'a key of another kind',
    file: STORE,
    change: ['path: /look }', 'path: /look }\n    statement: select 1'],
    code: 'unknown-key',
    line: 19,
  },
  {
    rule: 'an input of no type',
    file: STORE,
    change: ['$ref: Claim', '$ref: Clam'],
    code: 'schema-reference',
    line: 11,
  },
  {
    rule: 'a body with a broken schema',
    file: STORE,
    change: ['body: { type: object, required: [id]', 'body: { type: object, required: id'],
    code: 'schema-form',
    line: 27,
  },
  {
    rule: 'a rule of the manifest itself',
    file: STORE,
    change: ['correlate: id', 'correlate: no'],
    code: 'correlate',
    line: 26,
  },
  // policies.yaml
  {
    rule: 'a receiver that does not exist',
    file: POLICIES,
    change: ['store.take:', 'store.tkae:'],
    code: 'unknown-receiver',
    line: 5,
    says: /store\.take/,
  },
  {
    rule: 'a role in a clearance that does not exist',
    file: POLICIES,
    change: ['role:manager:', 'role:manger:'],
    code: 'unknown-receiver',
    line: 4,
  },
  {
    rule: 'an unknown level',
    file: POLICIES,
    change: ['upTo: internal', 'upTo: secret'],
    code: 'wrong-form',
    line: 3,
    says: /public, internal, confidential, restricted/,
  },
  {
    rule: 'a team that does not exist',
    file: POLICIES,
    change: ['team: office', 'team: ofice'],
    code: 'unknown-team',
    line: 7,
    says: /Did you mean "office"/,
  },
  {
    rule: 'an operation that does not exist',
    file: POLICIES,
    change: ['[store.take, core', '[store.give, core'],
    code: 'unknown-operation',
    line: 8,
  },
  {
    rule: 'a process that does not exist',
    file: POLICIES,
    change: ['core/fetch', 'core/fetsh'],
    code: 'unknown-operation',
    line: 8,
  },
  {
    rule: 'a message that does not exist',
    file: POLICIES,
    change: ['store.arrived', 'store.left'],
    code: 'unknown-message',
    line: 9,
    says: /There are: store\.arrived/,
  },
  {
    rule: 'a type that does not exist',
    file: POLICIES,
    change: ['write: [Claim,', 'write: [Clam,'],
    code: 'unknown-type',
    line: 10,
  },
  {
    rule: 'a field that does not exist',
    file: POLICIES,
    change: ['Item.size', 'Item.sizes'],
    code: 'unknown-field',
    line: 10,
    says: /Did you mean "Item\.size"/,
  },
  {
    rule: 'a date that does not exist',
    file: POLICIES,
    change: ['2030-01-01', '2030-02-30'],
    code: 'wrong-form',
    line: 11,
  },
  {
    rule: 'a right of a role that does not exist',
    file: POLICIES,
    change: ['role: clerk', 'role: clark'],
    code: 'unknown-role',
    line: 14,
  },
  {
    rule: 'a right to a whole type',
    file: POLICIES,
    change: ['read: [Claim.amount]', 'read: [Claim]'],
    code: 'wrong-form',
    line: 14,
  },
  {
    rule: 'a right to a field that does not exist',
    file: POLICIES,
    change: ['read: [Claim.amount]', 'read: [Claim.sum]'],
    code: 'unknown-field',
    line: 14,
  },
  {
    rule: 'a release of a field that does not exist',
    file: POLICIES,
    change: ['field: Claim.amount', 'field: Claim.x'],
    code: 'unknown-field',
    line: 16,
  },
  {
    rule: 'a release from a field that does not exist',
    file: POLICIES,
    change: ['from: [Claim.salary]', 'from: [Claim.pay]'],
    code: 'unknown-field',
    line: 16,
  },
  {
    rule: 'a release without a reason',
    file: POLICIES,
    change: [', why: it is only the sum', ''],
    code: 'missing-key',
    line: 16,
  },
  {
    rule: 'a quota of another kind',
    file: POLICIES,
    change: ["    until: '2030", "    quota: 5000 per hour\n    until: '2030"],
    code: 'wrong-form',
    line: 11,
  },
  {
    rule: 'a review by a role that is not there',
    file: POLICIES,
    change: ['clearances:', 'publishing: { coverage: 0.8, it: [it-cor] }\nclearances:'],
    code: 'unknown-role',
    line: 1,
  },
  {
    rule: 'more coverage than there is',
    file: POLICIES,
    change: ['clearances:', 'publishing: { coverage: 80 }\nclearances:'],
    code: 'wrong-form',
    line: 1,
  },
  {
    rule: 'a second line for the same workflow',
    file: POLICIES,
    change: [
      'clearances:',
      'retention: [{ archiveAfter: 1 day }, { archiveAfter: never }]\nclearances:',
    ],
    code: 'retention-twice',
    line: 1,
    says: /all other workflows/,
  },
  {
    rule: 'the archive of a process that does not exist',
    file: POLICIES,
    change: [
      'clearances:',
      'retention: [{ workflow: core/fetsh, archiveAfter: 1 day }]\nclearances:',
    ],
    code: 'unknown-process',
    line: 1,
    says: /core\/fetch/,
  },
  {
    rule: 'a length of time that is none',
    file: POLICIES,
    change: ['clearances:', 'retention: [{ archiveAfter: a while }]\nclearances:'],
    code: 'wrong-form',
    line: 1,
  },
  {
    rule: 'deleting cases',
    file: POLICIES,
    change: [
      'clearances:',
      'retention: [{ archiveAfter: 1 day, deleteAfter: 9 years }]\nclearances:',
    ],
    code: 'not-built',
    line: 1,
    says: /stays there/,
  },
  // reference
  {
    rule: 'other columns',
    file: HOLIDAYS,
    change: ['date,name', 'day,name'],
    code: 'holidays',
    line: 1,
    says: /date,name/,
  },
  {
    rule: 'a date written otherwise',
    file: HOLIDAYS,
    change: ['2027-01-01', '01.01.2027'],
    code: 'holidays',
    line: 3,
    says: /01\.01\.2027/,
  },
  {
    rule: 'a date that no calendar has',
    file: HOLIDAYS,
    change: ['2027-01-01', '2027-02-29'],
    code: 'holidays',
    line: 3,
  },
  {
    rule: 'a date twice',
    file: HOLIDAYS,
    change: ['2027-01-01', '2027-03-17'],
    code: 'holidays',
    line: 3,
    says: /twice/,
  },
  {
    rule: 'a row with too many cells',
    file: HOLIDAYS,
    change: ['New Year', 'New,Year'],
    code: 'holidays',
    line: 3,
  },
  {
    rule: 'a quote that is not closed',
    file: HOLIDAYS,
    change: ['New Year', '"New Year'],
    code: 'holidays',
    line: 3,
  },
  {
    rule: 'an endless table',
    file: HOLIDAYS,
    change: ['New Year', 'x'.repeat(300_000)],
    code: 'holidays',
    line: 1,
    says: /256 KB/,
  },
  // processes
  {
    rule: 'a process that runs nothing',
    file: FETCH,
    change: ['call: store.take', 'call: store.tkae'],
    code: 'unknown-operation',
    line: 12,
  },
  {
    rule: 'a process with no run start',
    file: FETCH,
    change: [
      'calling: { run: [claim] }',
      'x: { form: f, audience: public }\nforms: { f: { title: F, fields: [{ field: claim.claimNo, required: true }] } }',
    ],
    code: 'process-start',
    line: 9,
  },
];

describe('reading a core', () => {
  it('finds no problem in a sound one', () => {
    expect(readCore(SMALL_CORE).problems).to.deep.equal([]);
  });

  for (const { rule, file, change, code, line, says } of RULES)
    it(`refuses ${rule} (${code})`, () => {
      const { core, problems } = readCore(coreWith(file, ...change));
      expect(core).to.equal(undefined);
      const found = problems.map((problem) => ({
        code: problem.code,
        file: problem.file,
        line: problem.position?.line,
      }));
      expect(found, JSON.stringify(problems)).to.deep.equal([{ code, file, line }]);
      expect(problems[0]?.message).to.match(says ?? /./);
    });

  it('tells every wrong thing at once', () => {
    const files = coreWith('core.yaml', 'line: 1', 'line: one')
      .set('types/Item.yaml', 'type: Item')
      .set('policies.yaml', 'a: [');
    const found = readCore(files).problems.map(({ file }) => file);
    expect(new Set(found)).to.deep.equal(
      new Set(['core.yaml', 'types/Item.yaml', 'policies.yaml']),
    );
  });

  it('refuses a core without the files that every core has', () => {
    const { problems } = readCore(new Map());
    expect(problems.map(({ code, file }) => [code, file])).to.deep.equal([
      ['core-file-missing', 'core.yaml'],
      ['core-file-missing', 'policies.yaml'],
    ]);
  });

  it('refuses files that it would ignore', () => {
    for (const path of ['notes.txt', 'types/Item.yml', 'types/old/Item.yaml', 'reference/a.xlsx']) {
      const { problems } = readCore(new Map(SMALL_CORE).set(path, ''));
      expect(problems.map(({ code, file }) => [code, file])).to.deep.equal([
        ['core-file-unknown', path],
      ]);
    }
  });

  it('refuses tables that no calendar names, and calendars whose table is not there', () => {
    const files = coreWith('core.yaml', 'reference/holidays.csv', 'reference/feasts.csv');
    const { problems } = readCore(files);
    expect(problems.map(({ code, file }) => [code, file])).to.deep.equal([
      ['holidays-missing', 'core.yaml'],
      ['reference-unused', 'reference/holidays.csv'],
    ]);
  });

  it('refuses types that refer to each other without end', () => {
    const files = new Map(SMALL_CORE)
      .set('types/Claim.yaml', selfReferring('Claim', 'Item'))
      .set('types/Item.yaml', selfReferring('Item', 'Claim'));
    const { problems } = readCore(files);
    expect(problems.map(({ code, file }) => [code, file])).to.deep.equal([
      ['schema-reference', 'types/Claim.yaml'],
      ['schema-reference', 'types/Item.yaml'],
    ]);
    expect(problems[0]?.message).to.match(/refers to itself/);
  });

  it('never crashes, whatever one file says', () => {
    const texts = ['', 'null', '[]', '"text"', '- 1', '{}', '{ a: { b: { c: [1] } } }', '\u0000'];
    for (const path of SMALL_CORE.keys())
      for (const text of texts) {
        const { core, problems } = readCore(new Map(SMALL_CORE).set(path, text));
        expect(core).to.equal(undefined);
        expect(problems).not.to.be.empty;
        for (const problem of problems) {
          expect(problem.code).to.match(/^[a-z-]+$/);
          expect(problem.file).to.be.a('string');
          expect(problem.position?.line).to.be.a('number');
        }
      }
  });
});

function selfReferring(name: string, other: string): string {
  const head = ['version: 1', `title: ${name}`, 'owner: it', 'compatibility: none', 'source: here'];
  return [
    `type: ${name}`,
    ...head,
    'key: id',
    'extensible: false',
    `schema: { type: object, required: [id], properties: { id: { type: string } }, allOf: [{ $ref: ${other} }] }`,
  ].join('\n');
}
