import fc from 'fast-check';

type TypeName = 'Asset' | 'Bill' | 'Cargo';

/** What one random type is like. */
interface RandomType {
  readonly title: string;
  readonly fields: readonly string[];
  readonly required: boolean;
  readonly secret: boolean;
  readonly amount: string;
  readonly choices: readonly string[];
  readonly holds: boolean;
}

/** What one random workflow does; what its core does not have, it leaves out. */
export interface RandomWorkflow {
  readonly team: string;
  readonly type: TypeName;
  readonly role: string;
  readonly parts: readonly string[];
  readonly fields: readonly string[];
}

/** A random core. */
export interface RandomCore {
  readonly Asset: RandomType;
  readonly Bill: RandomType;
  readonly Cargo: RandomType;
  readonly operations: readonly string[];
  readonly input: string;
  readonly wanted: boolean;
  readonly delivery: string;
  readonly level: string;
  readonly correlate: string;
  readonly told: readonly string[];
  readonly deskMay: readonly string[];
  readonly marketMay: readonly string[];
  readonly writes: readonly string[];
  readonly roles: readonly string[];
  readonly staff: string;
  readonly guest: string;
  readonly open: string;
  readonly hours: string;
  readonly keeps: string;
  readonly processOutcome: string;
  readonly implicitFlows: string;
}

const FIELDS = ['amount', 'day', 'kind', 'note'];
const TYPES: readonly TypeName[] = ['Asset', 'Bill', 'Cargo'];
const USABLE = ['out.say', 'out.ask', 'core/keep'];

/** Mostly as the first says, so that most of what is made passes its check. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

function someOf<T>(all: readonly T[], minLength = 0): fc.Arbitrary<readonly T[]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(all) },
    { weight: 1, arbitrary: fc.subarray([...all], { minLength }) },
  );
}

const type: fc.Arbitrary<RandomType> = fc.record({
  title: mostly('A type', 'Another'),
  fields: someOf(FIELDS),
  required: fc.boolean(),
  secret: fc.boolean(),
  amount: mostly('{ type: number }', '{ type: integer }', '{ type: string, maxLength: 9 }'),
  choices: someOf(['x', 'y', 'z'], 1),
  holds: fc.boolean(),
});

export const randomCore: fc.Arbitrary<RandomCore> = fc.record({
  Asset: type,
  Bill: type,
  Cargo: type,
  operations: someOf(['say', 'ask'], 1),
  input: fc.constantFrom('text', 'words'),
  wanted: fc.boolean(),
  delivery: mostly('idempotent', 'atMostOnce'),
  level: mostly('confidential', 'public'),
  correlate: mostly('id', 'open'),
  told: someOf(['open', 'more']),
  deskMay: someOf(USABLE),
  marketMay: someOf(USABLE),
  writes: someOf(TYPES),
  roles: someOf(['guest', 'boss']),
  staff: mostly('restricted', 'public'),
  guest: mostly('internal', 'public', 'restricted'),
  open: mostly('internal', 'public'),
  hours: mostly('09:00-17:00', '08:00-12:00'),
  keeps: fc.constantFrom(...TYPES),
  processOutcome: mostly('completed', 'kept'),
  implicitFlows: mostly('warning', 'error'),
});

export const randomWorkflow: fc.Arbitrary<RandomWorkflow> = fc.record({
  team: mostly('desk', 'market'),
  type: fc.constantFrom(...TYPES),
  role: mostly('clerk', 'guest', 'boss'),
  parts: fc.subarray(['say', 'ask', 'wait', 'keep', 'lend', 'rest', 'choose', 'look']),
  fields: fc.subarray(FIELDS),
});

function typeFile(name: TypeName, core: RandomCore): string {
  const { title, fields, required, secret, amount, choices, holds } = core[name];
  const inner = name === 'Asset' ? 'Bill' : 'Cargo';
  const schemas: Readonly<Record<string, string>> = {
    amount,
    day: '{ type: string, format: date }',
    kind: `{ enum: [${choices.join(', ')}] }`,
    note: `{ type: string, maxLength: 50${secret ? ', x-classification: confidential' : ''} }`,
  };
  return `type: ${name}
version: 1
title: ${title}
owner: it
compatibility: none
source: here
key: id
extensible: false
schema:
  type: object
  required: [id, name${required && fields[0] !== undefined ? `, ${fields[0]}` : ''}]
  properties:
    id: { type: string, maxLength: 40 }
    name: { type: string, maxLength: 100 }
${fields.map((field) => `    ${field}: ${schemas[field] ?? ''}\n`).join('')}${
    holds && name !== 'Cargo' ? `    part: { $ref: ${inner} }\n` : ''
  }`;
}

function connectorFile(core: RandomCore): string {
  const { operations, input, wanted, delivery, level, correlate, told } = core;
  const properties = ['id', 'open', ...told.filter((name) => name !== 'open')]
    .map((name) => `${name}: { type: string, maxLength: 40 }`)
    .join(', ');
  const made: Readonly<Record<string, string>> = {
    say: `  say:
    title: Say something
    effect: write
    request: { method: POST, path: /says }
    input: { type: object, ${wanted ? `required: [${input}], ` : ''}properties: { ${input}: { type: string, maxLength: 500 } } }
    output: { type: object, required: [text], properties: { text: { type: string, maxLength: 100 } } }
    clearance: { upTo: ${level} }
    delivery: ${delivery}
`,
    ask: `  ask:
    title: Ask something
    effect: read
    request: { method: POST, path: /asks }
    input: { type: object, properties: { bill: { $ref: Bill } } }
    output: { type: object, required: [text], properties: { text: { type: string, maxLength: 100 }, cargo: { $ref: Cargo } } }
    clearance: { upTo: ${level} }
    delivery: idempotent
`,
  };
  return `connector: out
kind: http
title: Somebody outside
destination: { demo: out-demo }
secrets: [out-key]
operations:
${operations.map((name) => made[name] ?? '').join('')}signature: { secret: out-key }
messages:
  told:
    title: Told
    correlate: ${correlate}
    body: { type: object, required: [id, open], properties: { ${properties} } }
`;
}

function policiesFile(core: RandomCore): string {
  const { operations, roles, staff, guest, open, implicitFlows } = core;
  const usable = ['core/keep', ...operations.map((name) => `out.${name}`)];
  const grant = (team: string, may: readonly string[]): string =>
    `  - { team: ${team}, operations: [${may.filter((name) => usable.includes(name)).join(', ')}], messages: [out.told], write: [${core.writes.join(', ')}] }\n`;
  return `clearances:
  public: { upTo: ${open} }
  staff: { upTo: ${staff} }
${roles.includes('guest') ? `  role:guest: { upTo: ${guest} }\n` : ''}grants:
${grant('desk', core.deskMay)}${grant('market', core.marketMay)}implicitFlows: ${implicitFlows}
`;
}

/** The files of a random core. */
export function coreFiles(core: RandomCore): ReadonlyMap<string, string> {
  return new Map([
    [
      'core.yaml',
      `name: Random
line: 1
timeZone: Europe/Dublin
roles: [clerk${core.roles.map((role) => `, ${role}`).join('')}]
teams: { desk: { title: Desk }, market: { title: Market } }
calendars: { default: { timeZone: Europe/Dublin, hours: { mon-fri: '${core.hours}' } } }
`,
    ],
    ...TYPES.map((name) => [`types/${name}.yaml`, typeFile(name, core)] as const),
    ['connectors/out/connector.yaml', connectorFile(core)],
    ['policies.yaml', policiesFile(core)],
    [
      'processes/keep.yaml',
      `workflow: keep
title: Keep
team: desk
core: 1
reference: K-{number}
data:
  kept: ${core.keeps}
start:
  calling: { run: [kept] }
states:
  over: { final: ${core.processOutcome} }
`,
    ],
  ]);
}

/** The states of a random workflow: those of its parts that its core has what they need for. */
function statesOf(
  name: string,
  made: RandomWorkflow,
  core: RandomCore,
  role: string,
): readonly string[] {
  const { type: of, fields } = made;
  const own = core[of];
  const [choice = 'x'] = own.choices;
  const hasKind = own.fields.includes('kind') && fields.includes('kind');
  const bodies: Readonly<Record<string, string | false>> = {
    say:
      core.operations.includes('say') && `call: out.say\n    with: { ${core.input}: thing.name }`,
    ask:
      core.operations.includes('ask') &&
      of === 'Bill' &&
      'call: out.ask\n    with: { bill: thing }',
    wait: 'wait: { message: out.told, match: thing.id }',
    keep: of === core.keeps && 'run: core/keep\n    with: { kept: thing }',
    lend: name !== 'first' && 'run: first\n    with: { thing: thing }',
    rest: 'after: { 2 business days: NEXT }',
    choose: hasKind && `next: [{ when: 'thing.kind == "${choice}"', to: NEXT }, { to: over }]`,
    look: `task: { assign: { role: ${role} }, form: looked }\n    on: { done: NEXT }`,
  };
  const there = made.parts.map((part) => bodies[part]).filter((body) => typeof body === 'string');
  return there.map((body, index) => {
    const goesOn = body.includes('NEXT') ? body : `${body}\n    done: NEXT`;
    const next = index + 1 < there.length ? `s${index + 2}` : 'over';
    return `  s${index + 1}:\n    ${goesOn.replaceAll('NEXT', next)}\n`;
  });
}

/** The YAML of a random workflow as it would be written for a core. */
export function workflowText(name: string, made: RandomWorkflow, core: RandomCore): string {
  const fields = core[made.type].fields.filter((field) => made.fields.includes(field));
  const role = ['clerk', ...core.roles].includes(made.role) ? made.role : 'clerk';
  const asked = ['id', 'name', ...fields].map(
    (field) => `      - { field: thing.${field}, required: true }\n`,
  );
  const shown = ['name', ...fields].map((field) => `thing.${field}`).join(', ');
  const looked = made.parts.includes('look')
    ? `  looked:\n    title: Look\n    show: [${shown}]\n`
    : '';
  return `workflow: ${name}
title: ${name}
team: ${made.team}
core: 1
reference: X-{number}
data:
  thing: ${made.type}
start:
  begin: { form: asked, audience: { role: ${role} } }
${name === 'first' ? '  calling: { run: [thing] }\n' : ''}forms:
  asked:
    title: What is it?
    fields:
${asked.join('')}${looked}states:
${statesOf(name, made, core, role).join('')}  over: { final: true }
`;
}
