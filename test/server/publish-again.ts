import type { WorkflowSource } from '../../engine/index.ts';
import type { RunningHost } from './with-host.ts';

/** Publishes a workflow with another remark at its end, as somebody wrote it and IT approved it. */
export async function publishAgain(
  running: Pick<RunningHost, 'host'>,
  name: string,
  remark: string,
): Promise<void> {
  const { source } = (await running.host.catalogue.newest(name)).published;
  await publishSource(running, { ...source, text: `${source.text}\n# ${remark}\n` });
}

/** Publishes a workflow as somebody wrote it and IT approved it. */
export async function publishSource(
  { host }: Pick<RunningHost, 'host'>,
  source: WorkflowSource,
): Promise<void> {
  const { reviews } = host.publishing;
  const author = { kind: 'staff', id: 'ines', name: 'Ines Author' } as const;
  const approver = { kind: 'staff', id: 'ivy', name: 'Ivy Approver' } as const;
  const { id } = await host.publishing.begin(source, author);
  const { version } = await reviews.send(id, author);
  if (version !== undefined) return;
  const { token } = await reviews.look(id);
  const by = { actor: approver, roles: ['it-core', 'reviewer', 'privacy-officer'] };
  await reviews.approve(id, by, { token, reason: 'A test.' });
}
