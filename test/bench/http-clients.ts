/**
 * Clients in a process of their own, so that the host's is not slowed by them. Its words: `ORIGIN
 * ADDRESS CALLERS SECONDS PAUSE`. Each caller sends the form, waits for the answer, and pauses. It
 * prints one JSON object.
 */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { closedLoop } from './closed-loop.ts';
import { FORM, FORM_PATH } from './http-company.ts';

/** What clients have seen. */
export interface ClientFacts {
  /** Answers a second. */
  readonly perSecond: number;
  /** How long each was waited for, in milliseconds. */
  readonly answers: readonly number[];
}

const [origin = '', localAddress = '', callers = '1', seconds = '1', between = '0'] =
  process.argv.slice(2);
const agent = new Agent({ keepAlive: true, localAddress });
const answers: number[] = [];

/** Answers the status. */
function sendForm(): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${FORM_PATH}`,
      {
        agent,
        method: 'POST',
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': FORM.length,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => {
          resolve(answer.statusCode);
        });
      },
    );
    sent.on('error', reject);
    sent.end(FORM);
  });
}

const perSecond = await closedLoop(Number(callers), Number(seconds), async () => {
  const begun = performance.now();
  const status = await sendForm();
  if (status !== 303) throw new Error(`The form was answered with ${String(status)}.`);
  answers.push(performance.now() - begun);
  if (between !== '0') await pause(Number(between));
});
agent.destroy();
const facts: ClientFacts = { perSecond, answers };
process.stdout.write(`${JSON.stringify(facts)}\n`);
