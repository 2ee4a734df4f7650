import type { RequestHandler } from 'express';
import { TrellisError } from '../../engine/index.ts';
import { admittedOf } from './admitted.ts';

/** How long a body of at most 256 KB may take to come, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Reads a body by a reader of Express, while others are worked on; one that does not come in time is
 * refused, and its connection closed.
 */
export function readInTime(read: RequestHandler, patience = PATIENCE): RequestHandler {
  return (request, response, next) => {
    const admitted = admittedOf(response);
    admitted?.rest();
    let isOver = false;
    const goOn = (error?: unknown): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(late);
      if (error !== undefined || admitted === undefined) next(error);
      else {
        void admitted.work().then(() => {
          next();
        });
      }
    };
    const late = setTimeout(() => {
      response.set('connection', 'close');
      goOn(
        new TrellisError('too-slow', 'What was sent did not come in time. Nothing was changed.'),
      );
    }, patience);
    void read(request, response, goOn);
  };
}
