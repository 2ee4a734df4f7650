/** Bugs in how effects reach the other side. */
import type { Json, JsonObject } from '../../../engine/kernel/json.ts';
import type { Connectors } from '../../../engine/ports/connector.ts';
import type { Job } from '../../../engine/ports/step.ts';
import type { Around } from '../../../server/host/open-host.ts';
import type { Bug } from './bug.ts';
import { inCommit, meanwhile } from './bug.ts';

function inCalls(call: (doors: Connectors) => Connectors['call']): Around {
  return {
    store: (opened) => opened,
    connectors: (doors) => ({ ...doors, call: call(doors) }),
  };
}

/** Calls the other side before the step is saved that asks for it. */
export const sendFirst: Bug = () => {
  let doors: Connectors | undefined;
  const send = async ({ id, kind, payload }: Job): Promise<void> => {
    if (kind !== 'call' || doors === undefined) return;
    await doors.call({
      operation: payload['operation'] as string,
      input: payload['input'] as JsonObject,
      idempotencyKey: id,
      earlier: 'none',
      signal: AbortSignal.timeout(1_000),
    });
  };
  const committing = inCommit(async (steps, save) => {
    await Promise.all(steps.flatMap(({ jobs }) => jobs.add.map(send)));
    await meanwhile();
    return save(steps);
  });
  return {
    store: (opened) => committing.store(opened),
    connectors: (opened) => {
      doors = opened;
      return opened;
    },
  };
};

/** Takes calls as done before they are made. */
export const markFirst: Bug = () =>
  inCalls((doors) => (call) => {
    const output: Json = { number: call.idempotencyKey };
    meanwhile()
      .then(() => doors.call({ ...call, signal: AbortSignal.timeout(1_000) }))
      .catch(() => undefined);
    return Promise.resolve({ kind: 'ok', output });
  });

/** Calls under another key at every try. */
export const changedKey: Bug = () => {
  let tries = 0;
  return inCalls((doors) => (call) => {
    tries += 1;
    return doors.call({ ...call, idempotencyKey: `${call.idempotencyKey}-${tries}` });
  });
};
