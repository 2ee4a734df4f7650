/** The name by which a workflow runs itself. */
export const SELF = 'self';
