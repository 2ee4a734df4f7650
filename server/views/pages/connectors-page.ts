import type { LoadedCore, OperationView } from '../../../engine/index.ts';
import { showClassification } from '../../../engine/index.ts';
import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';

const DELIVERIES: Readonly<Record<OperationView['delivery'], string>> = {
  idempotent: 'may be called again',
  ledger: 'asks whether it happened',
  atMostOnce: 'called once at most',
};

/** Makes the list of connectors, with what each can do and be given. */
export function connectorsPage({ core, view, release }: LoadedCore): Page {
  const operations = [...view.operations.values()];
  const messages = [...view.messages.values()];
  return {
    template: 'pages/connectors',
    title: 'Connectors',
    area: 'core',
    model: {
      tabs: itTabs('connectors'),
      release,
      connectors: [...core.connectors.values()].map(({ connector, kind, title }) => ({
        connector,
        title,
        kind,
        proposeHref:
          kind === 'records'
            ? undefined
            : `${paths.newProposal}?file=${encodeURIComponent(`connectors/${connector}/connector.yaml`)}`,
        operations: operations
          .filter(({ name }) => name.startsWith(`${connector}.`))
          .map(({ name, title: words, effect, clearance, delivery }) => ({
            name,
            title: words,
            effect: effect === 'write' ? 'writes' : 'reads',
            delivery: DELIVERIES[delivery],
            clearance: `up to ${showClassification({ level: clearance.upTo, tags: clearance.tags })}`,
          })),
        messages: messages
          .filter(({ name }) => name.startsWith(`${connector}.`))
          .map(({ name, title: words, correlate }) => ({ name, title: words, correlate })),
      })),
    },
  };
}
