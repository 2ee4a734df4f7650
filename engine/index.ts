/** The only door to the engine: what a host may use of it. */

// Words and values
export type { Json, JsonObject } from './kernel/json.ts';
export type { Fix, Path, Position, Problem } from './kernel/problem.ts';
export type { Actor, Effect, Visit } from './kernel/effects.ts';
export type { CaseStatus } from './kernel/case-state.ts';
export type { FieldChange, FormValues, SkippedEnd, WorkChange } from './kernel/event.ts';
export { authoredPlaces } from './kernel/compile/authored-places.ts';
export { changedStates } from './kernel/transition/migrate.ts';
export type { FileValue } from './kernel/values/file-value.ts';
export { filesIn, hasType, isFileValue } from './kernel/values/file-value.ts';
export { addToDate, dateIn, startOfDate } from './kernel/values/zone.ts';
export { readSize, showSize } from './kernel/values/media.ts';
export { readTime } from './kernel/values/local-time.ts';
export type { CaseTimer } from './kernel/transition/move-timer.ts';
export { typeOfField } from './kernel/transition/field-changes.ts';
export type { CoreView, OperationView } from './kernel/core-view.ts';
export type { Classification } from './kernel/classification.ts';
export { showClassification } from './kernel/classification.ts';
export { showType } from './kernel/types/show.ts';
export { holdsFile } from './kernel/types/file-type.ts';
export type { ValueType } from './kernel/types/value-type.ts';
export type { Admitted } from './kernel/definition/people.ts';
export type { Delay, Expression, Text } from './kernel/definition/values.ts';
export type { Form } from './kernel/definition/form.ts';
export type { Start, Workflow, WorkflowSource } from './kernel/definition/workflow.ts';
export type { State, StateOf } from './kernel/definition/state.ts';
export type { Timing, Transition } from './kernel/definition/rules.ts';
export { TrellisError } from './kernel/errors.ts';

// Checking
export { checkTogether } from './forms/check-together.ts';
export type { CheckedTogether } from './forms/check-together.ts';
export { examineWorkflow } from './forms/examine-workflow.ts';
export { checkWorkflowSource } from './forms/check-workflow-source.ts';
export { workflowSchema } from './kernel/definition/schema/workflow-schema.ts';

// The governed core
export { stateChanges } from './kernel/check/state-changes.ts';
export { compareTypes } from './governance/compatibility/compare-types.ts';
export type { EarlierTypes } from './governance/compatibility/compare-types.ts';
export { placeVerdicts } from './governance/compatibility/place-verdicts.ts';
export { whereUsed } from './governance/uses/where-used.ts';
export type { CoreState } from './governance/impact/changed-core.ts';
export type { PlacedUse } from './governance/uses/placed-use.ts';
export { coreUsesOf } from './governance/uses/core-uses.ts';
export { usesOf } from './governance/uses/workflow-uses.ts';
export type { ArtefactImpact, ImpactVerdict, ImpactVersion } from './governance/impact/impact.ts';
export { hitsOf } from './governance/impact/hits.ts';
export type { Hit } from './governance/impact/hits.ts';
export { impactOfCore } from './forms/impact-of-core.ts';
export { impactOnCases } from './runtime/impact/impact-on-cases.ts';
export type { CasesImpact } from './runtime/impact/impact-on-cases.ts';
export { impactOnRecords } from './runtime/impact/impact-on-records.ts';
export type { RecordsImpact } from './runtime/impact/impact-on-records.ts';
export { impactOnStore } from './runtime/impact/impact-on-store.ts';
export type { StoreImpact } from './runtime/impact/impact-on-store.ts';
export { unpublishedVersions } from './runtime/impact/unpublished-versions.ts';
export type { PublishingRules, Tier } from './governance/publishing/publishing-rules.ts';
export { publishingRules } from './governance/publishing/publishing-rules.ts';
export type { Risk } from './governance/publishing/risk.ts';
export { reviewsNeeded, riskOf, tiersOf } from './governance/publishing/risk.ts';
export { authorize } from './governance/authorize.ts';
export type { AccessActor, Action, Decision, Subjects } from './governance/access/words.ts';
export { managedRoles, managersOf } from './governance/access/managing.ts';
export { caseScope } from './governance/access/cases.ts';
export { readTypes } from './governance/core/read-types.ts';
export { recordViews } from './governance/core/record-views.ts';
export { readCore } from './governance/core/read-core.ts';
export { buildCoreView } from './governance/core/build-core-view.ts';
export type { Core } from './governance/core/core.ts';
export { decodeCoreFile, isGoverned } from './governance/core/covered-files.ts';
export { lockFiles, readLock, showLock, verifyLock } from './governance/lock.ts';
export type { Lock, LockDifference } from './governance/lock.ts';
export { readEnvironment } from './governance/environment-file.ts';
export { releaseOf } from './governance/release.ts';

// Ports
export type { Absence, Accounts, User, Vault } from './ports/accounts.ts';
export type {
  BulkCase,
  BulkChange,
  BulkOperation,
  BulkResult,
  BulkSelection,
} from './ports/bulk.ts';
export type { Anchor } from './ports/anchor.ts';
export type { Clock, Ids } from './ports/clock.ts';
export type { Connectors } from './ports/connector.ts';
export type { Destination, Destinations } from './ports/destination.ts';
export type { DraftRow, WorkflowDraft } from './ports/drafts.ts';
export type { EffectHold, HeldEffects } from './ports/effect-hold.ts';
export type { Files } from './ports/files.ts';
export type { IncidentCause } from './ports/jobs.ts';
export type { Log } from './ports/log.ts';
export type { InboundMessage } from './ports/message.ts';
export type { InForceKey, OutOfForce } from './ports/out-of-force.ts';
export type { PlaceInLine, StandingPlace } from './ports/queues.ts';
export { compareReleases } from './ports/registry.ts';
export type { Records } from './ports/records.ts';
export type { CoreRelease, PublishedWorkflow, Registry, ReleaseHead } from './ports/registry.ts';
export type { PublicSigner, Secrets, Signer } from './ports/signer.ts';
export type { AuditEntry, Incident, Link, StoredCase, Task } from './ports/step.ts';
export type { Store } from './ports/store.ts';
export type { ApiToken } from './ports/tokens.ts';
export type { Workshop } from './ports/workshop.ts';
export type { CaseFilter, CaseRow, Page, TaskFilter, TaskRow } from './ports/worklist.ts';

// The runtime
export { Catalogue, loadCore, momentOf } from './runtime/catalogue.ts';
export type { Definition, LoadedCore } from './runtime/catalogue.ts';
export type { Fill } from './kernel/transition/fill-absent.ts';
export type { OfferedButton } from './kernel/transition/offered-buttons.ts';
export { Engine } from './runtime/engine.ts';
export { FairQueue } from './runtime/fair-queue.ts';
export { Shares } from './runtime/shares.ts';
export type { CaseLook, CompleteTask, EngineParts } from './runtime/engine.ts';
export type { StartCase, Started } from './runtime/starter.ts';
export type { Handover } from './runtime/leaving.ts';
export type { HandEvent, Operations, Preview } from './runtime/operations.ts';
export { firstVersion } from './runtime/fold.ts';
export { replayHistory } from './runtime/replay.ts';
export { Checkpointer } from './runtime/checkpointer.ts';
export type { ErasedCase } from './runtime/audit/verify-and-fold.ts';
export { verifyAndFold } from './runtime/audit/verify-and-fold.ts';
export { verifyHistory } from './runtime/audit/verify-history.ts';
export type { AuditProgress, AuditSummary } from './runtime/audit/verify-history.ts';
export type { AuditFinding } from './runtime/audit/finding.ts';
export { searchActs } from './runtime/audit/search-acts.ts';
export type { ActFilter } from './runtime/audit/search-acts.ts';
export { exportEvidence } from './runtime/audit/export-evidence.ts';
export { checkEvidence } from './governance/evidence.ts';
export { readAnchorLine } from './governance/anchor-lines.ts';
export type { GovernanceAct } from './governance/acts.ts';
export { NO_CHECKPOINT, checkpointFault, checkpointHash } from './governance/checkpoint.ts';
export type { Checkpoint } from './governance/checkpoint.ts';
export { makeCheckpoints } from './runtime/make-checkpoint.ts';
export { Anchoring } from './runtime/anchoring.ts';
export { archiveRound, archiveRules } from './runtime/archive-round.ts';
export { maySkip, waitingState } from './runtime/incidents.ts';
export type { CasePlace } from './runtime/incidents.ts';
export { mayGoOn, mayUndo } from './runtime/bulk-desk.ts';
export type { Outlook } from './runtime/bulk-outlook.ts';
export { Eraser } from './runtime/erasure/eraser.ts';
export type { CaseOutlook, ErasureOutlook, ErasureTarget } from './runtime/erasure/outlook.ts';
export { openOperations } from './runtime/open-operations.ts';
export type { OpenOperations } from './runtime/open-operations.ts';
export { dataForWork, itemProgress, outcomesForWork } from './runtime/work-forms.ts';
export { createPassedChecks } from './runtime/passed-checks.ts';
export type { PassedChecks } from './runtime/passed-checks.ts';
export { loadRunning } from './runtime/load-running.ts';
export { grantRows, grantUsers } from './runtime/grants/grant-impact.ts';
export type { GrantRow, GrantUser } from './runtime/grants/grant-impact.ts';
export { InForce } from './runtime/in-force.ts';
export { openPublishing } from './runtime/publishing/open-publishing.ts';
export type { Publishing } from './runtime/publishing/open-publishing.ts';
export type { Decided, ReviewLook } from './runtime/publishing/review-desk.ts';
export type { ReviewFacts } from './runtime/publishing/review-facts.ts';
export type { RetireFacts, RetireLook } from './runtime/publishing/retire.ts';
export type { RollBackLook } from './runtime/publishing/roll-back.ts';
export { sourcesInForce } from './runtime/publishing/workspace-sources.ts';
export { openTiers } from './runtime/publishing/review-desk.ts';
export { publishAll } from './runtime/publish.ts';
export type { NamedSource } from './forms/check-together.ts';
export type { Publication } from './runtime/publish.ts';
export type { Examination } from './forms/examine-workflow.ts';

// Adapters
export { createMemoryStore } from './adapters/memory/store.ts';
export { createSimulatedClock } from './adapters/memory/simulated-clock.ts';
export { backupStore, restoreStore } from './adapters/sql/backup.ts';
export { openStore, openStoreToRead } from './adapters/sql/store.ts';
export { createWorkThread } from './adapters/system/work-thread.ts';
export type { ThreadLimits } from './adapters/system/work-thread.ts';
export { createWorkshop } from './adapters/system/workshop.ts';
export { createSharedClock } from './adapters/system/shared-clock.ts';
export { createSystemClock } from './adapters/system/clock.ts';
export { createIds } from './adapters/system/ids.ts';
export { createAnchorFile } from './adapters/system/anchor-file.ts';
export { createLog } from './adapters/system/log.ts';
export { createSecrets } from './adapters/system/secrets.ts';
export { createSigner } from './adapters/system/signer.ts';
export { createCheckpointSigner } from './adapters/system/public-signer.ts';

// Connectors
export { ConnectorStock } from './connectors/connector-stock.ts';
export { earlierRecords } from './runtime/evolution.ts';
export { createConnectors } from './connectors/create-connectors.ts';
export { createWebhooks } from './connectors/create-webhooks.ts';
export type { Webhooks } from './connectors/create-webhooks.ts';

// Forms
export type { AnswerError, DatePart } from './forms/answer-error.ts';
export type { Answers, Posted, Uploads } from './forms/answers.ts';
export { readPosted, textsOf } from './forms/answers.ts';
export type { FormBuild, FormOptions } from './forms/build-form.ts';
export { buildForm } from './forms/build-form.ts';
export type { Compile, FormChecks } from './forms/check-answers.ts';
export { formChecks } from './forms/check-answers.ts';
export { DATE_PARTS } from './forms/date-parts.ts';
export { entriesOf } from './forms/decode.ts';
export type { Draft } from './forms/draft.ts';
export { beginDraft } from './forms/draft.ts';
export type { FormContext } from './forms/form-context.ts';
export type {
  Choice,
  ChoiceWidget,
  FormModel,
  FormOutcome,
  Question,
  ShownField,
} from './forms/form-model.ts';
export { OUTCOME } from './forms/form-model.ts';
export type { FileQuestion, OpenStep } from './forms/journey.ts';
export { fileAsked, isFileQuestion, openStep, postStep, questionsOf } from './forms/journey.ts';
export { insideSentence, withArticle } from './forms/label.ts';
export type { ListQuestion } from './forms/list-entries.ts';
export { isListQuestion } from './forms/list-entries.ts';
export { idOf, valueAt } from './forms/pointer.ts';
export type { Journey } from './forms/reply.ts';
export { isLastStep, preceding } from './forms/route.ts';
export type { ShownValue } from './forms/show-value.ts';
export type { Step } from './forms/step.ts';
export { stepKey } from './forms/step.ts';
export type { SummaryRow, SummarySection } from './forms/summary.ts';
export { answerSections, entryRows, shownRows } from './forms/summary.ts';

// Test cases
export { compileWorkflow } from './kernel/compile/compile-workflow.ts';
export type { CompiledWorkflow } from './kernel/compile/compile-workflow.ts';
export { testWorkflow } from './kernel/rehearsal/test-workflow.ts';
export type { TestReport } from './kernel/rehearsal/test-workflow.ts';
export { runnableOf } from './kernel/check/runnable-view.ts';
export type { UnbegunMessage } from './runtime/mailbox.ts';
export { THE_HOST, addRelease } from './runtime/add-release.ts';
export type { ReleaseParts } from './runtime/add-release.ts';
export { MAIL_OPERATION } from './runtime/outgoing-mail.ts';
export { govern } from './runtime/govern.ts';
export { publishOnto } from './runtime/publish-onto.ts';
export { upgradeFrom } from './governance/core/upgrade.ts';
export type { Upgrade } from './governance/core/upgrade.ts';
export { suggestedUpgrade } from './governance/upgrade/suggest.ts';
export { UPGRADE_FILE } from './governance/upgrade/problems.ts';
export type { ReadyEdit, ReadyNote } from './governance/upgrade/ready-edit.ts';
export { Upgrades } from './runtime/upgrade/upgrades.ts';
export type { LeftBehind, UpgradeTask } from './runtime/upgrade/upgrades.ts';
export { ProposalDesk } from './runtime/proposals/proposal-desk.ts';
export type { NewProposal, ProposalLook } from './runtime/proposals/proposal-desk.ts';
export type { Proposal } from './governance/proposals/proposal.ts';
export { isReleasable, sourceDigest } from './governance/proposals/judge.ts';
export type { Judgement } from './governance/proposals/judge.ts';
export { createKeySmith } from './adapters/system/key-smith.ts';
export type { KeySmith } from './ports/approval-keys.ts';
export type { Route as ApprovalRoute } from './governance/core/approval-routes.ts';
export { isSignedLock, signatureFaults } from './governance/lock.ts';
export { lockOfRelease } from './governance/release.ts';
export type { Signature } from './governance/proposals/statement.ts';
export { approvalStatement, authorStatement } from './governance/proposals/statement.ts';
export type { SignedLock } from './governance/lock.ts';
export { lockContent } from './governance/lock.ts';
export { changedFiles } from './governance/proposals/changed-files.ts';
export { applyChange } from './governance/proposals/changed-files.ts';
export { UsesInForce } from './runtime/uses-in-force.ts';
export { proposeSigned } from './runtime/proposals/propose-signed.ts';
export { LONGEST_BUNDLE, readBundle } from './governance/bundle/bundle.ts';
export type { Bundle, CoreBundle, WorkflowBundle } from './governance/bundle/bundle.ts';
export { bundleOfCore, coreOfBundle } from './governance/bundle/core-bundle.ts';
export type { BundledCore } from './governance/bundle/core-bundle.ts';
export { bundleOfWorkflows, workflowsOfBundle } from './governance/bundle/workflow-bundle.ts';
export { coreEntry } from './runtime/promotion/core-entry.ts';
export type { CoreEntry } from './runtime/promotion/core-entry.ts';
export { gatherWorkflows } from './runtime/promotion/gather-workflows.ts';
export type { WantedWorkflow } from './runtime/promotion/gather-workflows.ts';
export { lackingFor } from './connectors/open-connector.ts';
export { leavesOf } from './kernel/types/classify.ts';
