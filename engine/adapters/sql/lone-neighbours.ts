import type { Neighbours } from '../../ports/neighbours.ts';

/** How often what was published is looked for, in milliseconds. */
const POLL = 5_000;

/**
 * Where one host has the database for itself: there is nobody to tell, but a command may publish
 * something, retire or revoke it beside the host.
 */
export const LONE_NEIGHBOURS: Neighbours = {
  tell: () => undefined,
  hear: (listener) => {
    const poll = setInterval(() => {
      listener('published');
    }, POLL).unref();
    return () => {
      clearInterval(poll);
    };
  },
};
