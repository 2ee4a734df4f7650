import { absenceRoutes } from './absence-routes.ts';
import { coreRoutes } from './core-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { handOnRoutes } from './hand-on-routes.ts';
import { apiCoreRoutes } from './api-core-routes.ts';
import { apiDraftRoutes } from './api-draft-routes.ts';
import { apiForceRoutes } from './api-force-routes.ts';
import { apiProposalRoutes } from './api-proposal-routes.ts';
import { apiRoutes } from './api-routes.ts';
import { apiWatchRoutes } from './api-watch-routes.ts';
import { apiWorkflowRoutes } from './api-workflow-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { bulkModifyRoutes } from './bulk-modify-routes.ts';
import { caseRoutes } from './case-routes.ts';
import { changeRoutes } from './change-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { demoRoutes } from './demo-routes.ts';
import { effectRoutes } from './effect-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { erasureRoutes } from './erasure-routes.ts';
import { grantRoutes } from './grant-routes.ts';
import { homeRoutes } from './home-routes.ts';
import { impactDrawnRoutes } from './impact-drawn-routes.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { modifyRoutes } from './modify-routes.ts';
import { migrateRoutes } from './migrate-routes.ts';
import { operationRoutes } from './operation-routes.ts';
import { retireRoutes } from './retire-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { rollBackRoutes } from './roll-back-routes.ts';
import type { Route } from './route.ts';
import { peopleRoutes } from './people-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { proposalRoutes } from './proposal-routes.ts';
import { releaseRoutes } from './release-routes.ts';
import { pressRoutes } from './press-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import type { Site } from './site.ts';
import { startRoutes } from './start-routes.ts';
import { timerRoutes } from './timer-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { upgradeRoutes } from './upgrade-routes.ts';
import { workflowRoutes } from './workflow-routes.ts';

/** Every route of the host. */
export function allRoutes(site: Site): readonly Route[] {
  return [
    ...systemRoutes(site),
    ...apiRoutes(site),
    ...apiCoreRoutes(site),
    ...apiProposalRoutes(site),
    ...apiWorkflowRoutes(site),
    ...apiDraftRoutes(site),
    ...apiForceRoutes(site),
    ...apiWatchRoutes(site),
    ...homeRoutes(site),
    ...startRoutes(site),
    ...linkRoutes(site),
    ...signInRoutes(site),
    ...inboxRoutes(site),
    ...taskRoutes(site),
    ...handOnRoutes(site),
    ...commentRoutes(site),
    ...absenceRoutes(site),
    ...caseRoutes(site),
    ...pressRoutes(site),
    ...changeRoutes(site),
    ...modifyRoutes(site),
    ...bulkModifyRoutes(site),
    ...operationRoutes(site),
    ...migrateRoutes(site),
    ...timerRoutes(site),
    ...workflowRoutes(site),
    ...retireRoutes(site),
    ...rollBackRoutes(site),
    ...upgradeRoutes(site),
    ...checkRoutes(site),
    ...draftRoutes(site),
    ...reviewRoutes(site),
    ...grantRoutes(site),
    ...erasureRoutes(site),
    ...incidentRoutes(site),
    ...effectRoutes(site),
    ...coreRoutes(site),
    ...proposalRoutes(site),
    ...impactDrawnRoutes(site),
    ...releaseRoutes(site),
    ...auditRoutes(site),
    ...keyRoutes(site),
    ...peopleRoutes(site),
    ...demoRoutes(site),
  ];
}
