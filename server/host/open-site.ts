import { UsesInForce } from '../../engine/index.ts';
import { CaseImpacts } from '../desk/case-impacts.ts';
import { Drafts } from '../desk/drafts.ts';
import { HistoryChecks } from '../desk/history-checks.ts';
import { FormDesk } from '../desk/form-desk.ts';
import type { Site } from '../routes/site.ts';
import { createDiagrams } from '../views/statechart/statechart.ts';
import { UploadLimit } from '../upload/upload-limit.ts';
import type { Host } from './open-host.ts';
import { SignIn } from './sign-in.ts';

/** Makes what the pages of a host need. */
export function openSite(host: Host, ready: () => boolean): Site {
  return {
    host,
    renderer: host.look.renderer,
    assets: host.look.assets,
    diagrams: createDiagrams(),
    forms: new FormDesk(),
    uses: new UsesInForce({ registry: host.store.registry, catalogue: host.catalogue }),
    drafts: new Drafts(host.store, host.clock),
    caseImpacts: new CaseImpacts(host),
    historyChecks: new HistoryChecks(host),
    receiver: {
      files: host.store.files,
      clock: host.clock,
      ids: host.ids,
      limit: new UploadLimit(),
      mostBytes: host.settings.mostUpload,
    },
    signIn: new SignIn(host.store.accounts),
    ready,
  };
}
