/** The addresses of the pages. Ids and names are encoded: they may hold slashes. */
export const paths = {
  home: '/',
  start: (workflow: string, start: string) => `/start/${part(workflow)}/${part(start)}`,
  signIn: '/sign-in',
  signOut: '/sign-out',

  inbox: (list: 'mine' | 'team' | 'overdue' | 'done' | 'managed' = 'mine') =>
    list === 'mine' ? '/inbox' : `/inbox/${list}`,
  task: (id: string) => `/tasks/${part(id)}`,
  taskFile: (id: string, file: string) => `/tasks/${part(id)}/files/${part(file)}`,
  claimTask: (id: string) => `/tasks/${part(id)}/claim`,
  handOnTask: (id: string, how: 'delegate' | 'reassign') => `/tasks/${part(id)}/${how}`,
  commentOn: (id: string) => `/cases/${part(id)}/comment`,
  absence: '/absence',
  releaseTask: (id: string) => `/tasks/${part(id)}/release`,

  cases: '/cases',
  case: (id: string) => `/cases/${part(id)}`,
  caseFile: (id: string, file: string) => `/cases/${part(id)}/files/${part(file)}`,
  statusFile: (file: string) => `/status/files/${part(file)}`,
  modifyCase: (id: string) => `/cases/${part(id)}/modify`,
  moveTimer: (id: string, timer: string) => `/cases/${part(id)}/timers/${part(timer)}`,
  changeCase: (id: string, change: string) => `/cases/${part(id)}/change/${change}`,
  pressButton: (id: string, button: string) => `/cases/${part(id)}/press/${part(button)}`,
  workflows: '/workflows',
  checkWorkflow: '/workflows/check',
  workflow: (name: string) => `/workflows/${part(name)}`,
  workflowVersion: (name: string, version: number) =>
    `/workflows/${part(name)}/versions/${version}`,
  rollBack: (name: string, version: number) =>
    `/workflows/${part(name)}/versions/${version}/roll-back`,
  changeWorkflow: (name: string, change: 'retire' | 'restore') =>
    `/workflows/${part(name)}/${change}`,
  workflowDrafts: (name: string) => `/workflows/${part(name)}/drafts`,
  upgrade: (name: string) => `/workflows/${part(name)}/upgrade`,
  newDraft: (name: string) => `/workflows/${part(name)}/drafts/new`,
  reviews: '/reviews',
  review: (id: string) => `/reviews/${part(id)}`,
  sendDraft: (id: string) => `/reviews/${part(id)}/send`,
  withdrawDraft: (id: string) => `/reviews/${part(id)}/withdraw`,
  decideReview: (id: string) => `/reviews/${part(id)}/decide`,
  erasure: '/it/erasure',
  eraseNow: '/it/erasure/confirm',
  grants: '/it/grants',
  changeGrant: (team: string, change: 'revoke' | 'restore') => `/it/grants/${part(team)}/${change}`,
  operations: '/operations',
  modifyCases: '/operations/modify',
  operation: (id: string) => `/operations/${part(id)}`,
  startOperation: (id: string) => `/operations/${part(id)}/start`,
  stopOperation: (id: string) => `/operations/${part(id)}/stop`,
  continueOperation: (id: string) => `/operations/${part(id)}/continue`,
  undoOperation: (id: string) => `/operations/${part(id)}/undo`,
  migrate: (workflow: string) => `/workflows/${part(workflow)}/migrate`,
  effects: '/effects',
  releaseEffects: '/effects/release',
  refuseEffects: '/effects/refuse',
  endHold: '/effects/end',
  types: '/it/types',
  type: (name: string) => `/it/types/${part(name)}`,
  connectors: '/it/connectors',
  inventory: '/it/workflows',
  proposals: '/it/proposals',
  newProposal: '/it/proposals/new',
  proposal: (number: number) => `/it/proposals/${number}`,
  amendProposal: (number: number) => `/it/proposals/${number}/change`,
  proposedEdit: (number: number, workflow: string) =>
    `/it/proposals/${number}/edits/${part(workflow)}`,
  impactDrawn: (number: number, workflow: string) =>
    `/it/proposals/${number}/workflows/${part(workflow)}`,
  approveProposal: (number: number) => `/it/proposals/${number}/approve`,
  endProposal: (number: number) => `/it/proposals/${number}/end`,
  audit: '/it/audit',
  verifyHistory: '/it/audit/verify',
  releases: '/it/releases',
  release: (name: string) => `/it/releases/${part(name)}`,
  ownKey: '/it/key',
  people: '/people',
  personLeaves: (id: string) => `/people/${part(id)}/leave`,
  personReturns: (id: string) => `/people/${part(id)}/return`,
  incidents: '/incidents',
  offerMessage: '/incidents/messages',
  retryCause: '/incidents/causes/retry',
  skipIncident: (id: string) => `/incidents/${part(id)}/skip`,
  retryIncident: (id: string) => `/incidents/${part(id)}/retry`,

  demoMails: '/demo/mails',
  demoMail: (id: string) => `/demo/mails/${part(id)}`,
  demoFaults: '/demo/faults',
} as const;

/** Adds query parameters, leaving out those without a value. */
export function withQuery(
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  ).toString();
  return query === '' ? path : `${path}?${query}`;
}

function part(text: string): string {
  return encodeURIComponent(text);
}
