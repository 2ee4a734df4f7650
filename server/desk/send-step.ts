import type { IncomingMessage } from 'node:http';
import { fileAsked } from '../../engine/index.ts';
import type { Draft, Files, Journey, Uploads } from '../../engine/index.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { Received, Receiver } from '../upload/receive-upload.ts';
import { wrongMedia } from '../errors/wrong-media.ts';
import { receiveUpload, removeDropped } from '../upload/receive-upload.ts';
import type { FormAnswer } from '../views/forms/form-exchange.ts';
import { sendForm } from '../views/forms/form-exchange.ts';
import type { FormPlace } from '../views/forms/page-view.ts';
import { draftKey } from './drafts.ts';

/** One step of a form as somebody sends it. */
export interface SentStep {
  readonly journey: Journey;
  /** As the form was before. */
  readonly draft: Draft;
  readonly step: string | undefined;
  readonly place: FormPlace;
  /** The secret under which the unfinished form is kept, and for how long (milliseconds). */
  readonly secret: string;
  readonly life: number;
  /** The posted fields, or the request itself where a file is sent along. */
  readonly fields: Received['fields'];
  readonly upload?: IncomingMessage;
  readonly visitor: Visitor;
}

const NO_UPLOADS: Uploads = new Map();

/** Answers a POST of one step of a form, with or without a file; stores and removes files alone. */
export async function sendStep(receiver: Receiver, sent: SentStep): Promise<FormAnswer> {
  const { journey, draft, step = '', place, secret } = sent;
  const owner = draftKey(secret);
  const received = await receive(receiver, sent, owner);
  const { fields, uploads } = received;
  const answer = sendForm(journey, draft, step, fields, place, uploads);
  await dropFiles(receiver.files, owner, draft, uploads, answer);
  return received.tooLarge && answer.kind === 'page' ? { ...answer, status: 413 } : answer;
}

async function receive(receiver: Receiver, sent: SentStep, owner: string): Promise<Received> {
  const { journey, draft, step = '', fields, upload, visitor, life } = sent;
  if (upload === undefined) return { fields, uploads: NO_UPLOADS, tooLarge: false };
  const question = fileAsked(journey, draft, step);
  if (question === undefined) throw wrongMedia();
  return receiveUpload(receiver, upload, { question, visitor, owner, life });
}

/** What is not kept any more after a step is not kept in the store either. */
async function dropFiles(
  files: Files,
  owner: string,
  draft: Draft,
  uploads: Uploads,
  answer: FormAnswer,
): Promise<void> {
  const after = 'draft' in answer ? answer.draft : undefined;
  await removeDropped(files, owner, draft.values, uploads, (after ?? draft).values);
}
