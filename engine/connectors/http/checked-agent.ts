import { Agent } from 'undici';
import type { CheckAddress } from '../../ports/destination.ts';
import { checkedConnect } from './checked-connect.ts';

/**
 * Makes what carries requests to checked addresses. It has no deadline of its own: that of the call
 * covers the whole answer, however slowly it drips. `largest` bounds an answer, in bytes.
 */
export function createCheckedAgent(check: CheckAddress, largest: number): Agent {
  return new Agent({
    connect: checkedConnect(check),
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: largest,
  });
}
