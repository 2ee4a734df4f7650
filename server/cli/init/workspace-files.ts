import { CORE_POLICIES } from './core-policies.ts';
import { CORE_SETTINGS } from './core-settings.ts';
import { FIRST_CASES, FIRST_MESSAGE, FIRST_WORKFLOW } from './first-workflow.ts';
import { CORE_GUIDE, GIT_ATTRIBUTES } from './guides.ts';
import { MAIL_CONNECTOR } from './mail-connector.ts';
import { REQUEST_TYPE } from './request-type.ts';

/** The files of a new workspace by path, all but the lock. There are no templates among them. */
export const WORKSPACE_FILES: ReadonlyMap<string, string> = new Map([
  ['.gitattributes', GIT_ATTRIBUTES],
  ['core-data/README.md', CORE_GUIDE],
  ['core-data/core.yaml', CORE_SETTINGS],
  ['core-data/policies.yaml', CORE_POLICIES],
  ['core-data/types/Request.yaml', REQUEST_TYPE],
  ['core-data/connectors/mail/connector.yaml', MAIL_CONNECTOR],
  ['workflows/first-steps/workflow.yaml', FIRST_WORKFLOW],
  ['workflows/first-steps/answer.hbs', FIRST_MESSAGE],
  ['workflows/first-steps/cases.yaml', FIRST_CASES],
]);
