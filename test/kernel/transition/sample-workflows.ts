import type { WrittenWorkflow } from '../fixtures/workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const TAKE = `call: depot.take
    with: { what: email }
    save: { id: result.id }
    undo: { call: depot.give, with: { id: result.id } }`;

/** A helper that takes something and can be undone; others run it. */
export const HELPER: WrittenWorkflow = {
  name: 'helper',
  start: 'calling: { run: [email] }',
  states: `
  taking:
    ${TAKE}
    done: checking
    failed: failed
  checking:
    ${TASK}
    on: { good: good, fail: { to: failed, undo: all }, back: { to: taking, undo: all } }
    after: { 3 days: other }
  good: { final: completed }
  other: { final: other }
  failed: { final: failed }`,
};

/** People, calls with undo, and loops. */
export const DESK: WrittenWorkflow = {
  name: 'desk',
  states: `
  taking:
    ${TAKE}
    done: checking
    failed: checking
    after: { 2 days: { to: checking, undo: all } }
  checking:
    task:
      assign: { role: clerk }
      form: work
      escalate: [{ after: 1 days, assign: { role: manager } }]
    on:
      again: taking
      more: { to: checking, set: { other: other + 1 } }
      back: { to: taking, undo: all }
      seen: { set: { other: other - 1 } }
      stop: { to: stopped, undo: all }
      done: [{ when: 'orElse(count, 0) > 50', to: asking }, ended]
    next: [{ when: 'orElse(flag, false)', to: asking }]
    after: { 5 days: asking }
  asking:
    ask: { form: answer, to: email, message: question }
    entry: { set: { flag: false }, send: { message: news, to: email } }
    on: { accept: ended, refuse: { to: checking, undo: all } }
    after: { 1 days: { send: { message: news, to: email } }, 9 days: stopped }
  stopped: { final: stopped }
  ended: { final: completed }`,
};

/** Regions at once, one of which can leave; states inside states with outcomes. */
export const HALL: WrittenWorkflow = {
  name: 'hall',
  states: `
  both:
    parallel:
      taking:
        states:
          asking:
            ${TAKE.replaceAll('\n', '\n        ')}
            done: waiting
            failed: over
          waiting:
            wait: { message: depot.arrived, match: reference }
            save: { item.pieces: message.pieces }
            done: [{ when: 'message.pieces > 2', to: over }]
            after: { 3 days: over }
          over: { final: true }
      people:
        states:
          first: { ${TASK}, on: { done: second, leave: { to: ^checking, undo: all }, stop: ^ended } }
          second:
            states:
              inner: { ${TASK}, on: { good: good, bad: bad } }
              good: { final: approved }
              bad: { final: rejected }
            on: { approved: over, rejected: first }
            after: { 4 days: over }
          over: { final: true }
      packing: { call: depot.pack, with: { what: email }, failed: ^checking }
    done: [{ when: 'orElse(count, 0) < 50', to: ended }, checking]
    next: [{ when: 'orElse(flag, false)', to: checking }]
  checking: { ${TASK}, entry: { set: { flag: false } }, on: { again: both, done: ended } }
  ended: { final: completed }`,
};

/** Child cases that are left, retried and undone. */
export const OFFICE: WrittenWorkflow = {
  name: 'office',
  states: `
  helping:
    run: helper
    with: { email: email }
    on: { other: { to: checking, set: { note: '"other"' } } }
    done: packing
    failed: checking
    after: { 2 days: checking }
  packing: { call: depot.pack, with: { what: email }, done: checking }
  checking:
    ${TASK}
    on: { again: helping, back: { to: helping, undo: all }, stop: { to: stopped, undo: all }, done: ended }
  stopped: { final: stopped }
  ended: { final: completed }`,
};

/** Regions of which not all are waited for, or begun. */
export const FORK: WrittenWorkflow = {
  name: 'fork',
  forms: `
  vote: { title: Vote, show: [email], outcomes: { accept: Yes, refuse: No } }`,
  states: `
  asking:
    parallel:
      voting: { task: { assign: { role: clerk }, form: vote } }
      the-depot:
        states:
          taking:
            ${TAKE.replaceAll('\n', '\n        ')}
            done: over
            failed: waiting
          waiting: { wait: { message: depot.arrived, match: reference }, done: over, after: { 1 days: taking } }
          over: { final: accept }
        after: { 20 days: the-depot/waiting }
      helping: { run: helper, with: { email: email }, when: 'orElse(flag, false)', failed: ^resting }
      checking:
        when: '!orElse(flag, false)'
        entry: { set: { other: other + 1 } }
        states: { first: { ${TASK}, on: { done: over } }, over: { final: true } }
    join: 2
    on: { refuse: [{ when: 'other < 50', to: resting }, ended] }
    done:
      - { when: 'outcomes.voting == null && outcomes.the-depot == "accept"', to: resting }
      - { when: 'other > 8', to: resting }
    after: { 5 days: { set: { other: other + 20 } } }
  resting: { ${TASK}, on: { again: asking, into: asking/checking/over, done: ended } }
  ended: { final: completed }`,
};

/** Work that is left and taken up again where it was. */
export const PAUSE: WrittenWorkflow = {
  name: 'pause',
  forms: `
  look: { title: Look, show: [email] }`,
  states: `
  working:
    parallel:
      taking:
        states:
          asking:
            ${TAKE.replaceAll('\n', '\n        ')}
            done: checking
            failed: over
          checking:
            ${TASK}
            on: { again: asking, redo: { to: asking, undo: here }, anew: { to: asking, undo: asking }, stop: { to: ^resting, undo: all }, done: over }
          over: { final: true }
        after: { 3 days: { to: taking/checking, reenter: true } }
      looking:
        states:
          waiting:
            next: [{ when: in(working/taking/checking) && !finished(working/taking), to: first }]
            after: { 1 days: first }
          first: { task: { assign: { role: clerk }, form: look }, on: { done: inner } }
          inner:
            states:
              one: { task: { assign: { role: clerk }, form: look }, on: { done: two } }
              two: { call: depot.pack, with: { what: email }, done: over, failed: over }
              over: { final: true }
            done: over
            after: { 2 days: over, 4 days: { to: inner/one, reenter: true } }
          over: { final: true }
    done: ended
    after: { 1 days: resting, 2 days: { to: resting, undo: all } }
  resting:
    ${TASK}
    on:
      back: working/deepHistory
      look: working/looking/inner/history
      undone: { to: working/deepHistory, undo: working }
      done: ended
  ended: { final: completed }`,
};

/** Lists that are gone through: at once, in turn, until enough is known, and once more. */
export const ROUND: WrittenWorkflow = {
  name: 'round',
  states: `
  filling:
    entry: { set: { items: { value: [{ sku: A, pieces: 1 }, { sku: B, pieces: 2 }, { sku: C, pieces: 3 }] } } }
    next: taking
  taking:
    forEach: { item: i, in: items, atMost: 2, onItemFailed: skip, until: 'results.count(r, r.result == null) > 1' }
    call: depot.take
    with: { what: i.sku }
    save: { i.label: result.id }
    undo: { call: depot.give, with: { id: result.id } }
    done: looking
    after: { 2 days: looking }
  looking:
    forEach: { item: i, in: items, until: 'size(results) >= 2', rest: finish }
    task:
      title: 'Look at {{i.sku}}'
      assign: { role: clerk }
      form: work
      escalate: [{ after: 1 days, assign: { role: manager } }]
    on:
      again: { set: { other: other + 1 }, add: { value: { sku: X, pieces: 1 } } }
      good: { send: { message: news, to: email } }
    after: { 1 days: { add: { value: { sku: Y, pieces: 1 } } }, 9 days: checking }
    done: [{ when: 'results.exists(r, r.outcome == "again")', to: helping }, checking]
  helping:
    forEach: { item: n, in: range(3), mode: sequence, onItemFailed: fail }
    run: helper
    with: { email: email }
    done: checking
    failed: { to: filling, undo: all }
  checking: { ${TASK}, on: { back: { to: filling, undo: all }, done: ended } }
  ended: { final: completed }`,
};

export const SAMPLES: readonly WrittenWorkflow[] = [HELPER, DESK, HALL, OFFICE, FORK, PAUSE, ROUND];
