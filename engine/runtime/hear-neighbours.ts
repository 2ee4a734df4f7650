import type { Log } from '../ports/log.ts';
import type { Neighbours } from '../ports/neighbours.ts';
import type { Catalogue } from './catalogue.ts';

interface Parts {
  readonly neighbours: Neighbours;
  readonly catalogue: Pick<Catalogue, 'refresh'>;
  readonly log: Log;
  readonly onJobs: () => void;
  readonly onPublished: () => void;
}

/** Follows what other hosts do: takes jobs that they leave, and begins what they published. */
export function hearNeighbours(parts: Parts): () => void {
  const { neighbours, catalogue, log, onJobs, onPublished } = parts;
  const published = async (): Promise<void> => {
    try {
      if (await catalogue.refresh()) onPublished();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      log.warn('reading what was published failed', { error: text });
    }
  };
  return neighbours.hear((news) => {
    if (news === 'jobs') onJobs();
    else void published();
  });
}
