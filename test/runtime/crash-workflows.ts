import type { WrittenWorkflow } from '../kernel/fixtures/workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const TAKE = `call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }`;

/**
 * Workflows in which something of everything happens that a crash could break: calls side by side,
 * a child case, a mail, a message that is awaited and begins another case, a timer, a task, cases
 * that are started, and the undoing of it all.
 */
export const CRASH_WORKFLOWS: readonly WrittenWorkflow[] = [
  {
    name: 'helper',
    start: 'calling: { run: [email] }',
    states: `
  taking:
    ${TAKE}
    done: good
  good: { final: completed }`,
  },
  {
    name: 'leaflet',
    start: 'calling: { run: [note] }',
    states: `
  taking: { call: depot.take, with: { what: note }, done: good }
  good: { final: completed }`,
  },
  {
    name: 'lonely',
    start: 'came: { message: depot.arrived, save: { id: message.parcel } }',
    states: `
  only: { final: completed }`,
  },
  {
    states: `
  both:
    parallel:
      taking:
        ${TAKE.replaceAll('\n', '\n    ')}
      helping: { run: helper, with: { email: email } }
    done: { to: waiting, send: { message: news, to: email } }
  waiting:
    wait: { message: depot.arrived, match: reference }
    save: { item.pieces: message.pieces }
    done: resting
  resting: { after: { 10 seconds: checking } }
  checking: { ${TASK}, on: { stop: { to: stopped, undo: all }, done: packing } }
  packing: { call: depot.pack, with: { what: email }, done: starting }
  starting: { start: { workflow: leaflet, with: { note: text(n) }, each: n, in: range(2) }, next: ended }
  stopped: { final: stopped }
  ended: { final: completed }`,
  },
];
