import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';

const Route = Type.Object(
  {
    /** How many people approve, beside whoever proposed. */
    approvers: Type.Integer({ minimum: 1, maximum: 20 }),
    role: Type.String({ pattern: '^[a-z][a-z0-9-]{0,49}$' }),
  },
  { additionalProperties: false },
);

/** Who approves changes of the core, by the risk of the change. */
export const approvalRoutesSchema = Type.Object(
  { low: Route, high: Route },
  { additionalProperties: false },
);

/** How many people with which role approve a change. */
export type Route = Readonly<Static<typeof Route>>;

/** How much a change can do: `high` where it changes what leaves the house or who may do what. */
export type Risk = 'low' | 'high';

export type ApprovalRoutes = Readonly<Record<Risk, Route>>;

/** What holds where `core.yaml` says nothing: one other person, two where the risk is high. */
const DEFAULT_ROUTES: ApprovalRoutes = {
  low: { approvers: 1, role: 'it-core' },
  high: { approvers: 2, role: 'it-core' },
};

/** Who approves changes of a core with these settings. */
export function routesOf({
  approvalRoutes,
}: {
  readonly approvalRoutes?: ApprovalRoutes;
}): ApprovalRoutes {
  return approvalRoutes ?? DEFAULT_ROUTES;
}
