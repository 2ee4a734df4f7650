import type { Written } from '../schema/workflow-schema.ts';
import type { MessageText } from '../workflow.ts';
import type { Reading } from './reading.ts';

/** Reads all messages, each with the text of its file. */
export function readMessages(
  written: Written<'Messages'> | undefined,
  { source, report }: Reading,
): readonly MessageText[] {
  const files = Object.keys(source.files);
  return Object.entries(written ?? {}).map(([name, message]) => {
    const path = ['messages', name];
    const bodyFile = message.body;
    const body = files.includes(bodyFile) ? source.files[bodyFile] : undefined;
    if (body === undefined) {
      const place = [...path, 'body'];
      report.unknown(place, 'unknown-file', 'file beside the workflow named', bodyFile, files);
    }
    return { path, name, subject: message.subject, bodyFile, body: body ?? '' };
  });
}
