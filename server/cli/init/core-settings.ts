/** The `core.yaml` of a new workspace: a company with one team. */
export const CORE_SETTINGS = `name: My company
line: 1
timeZone: Europe/Dublin

roles:
  # The business
  - clerk
  # Those who build, run and watch over Trellis
  - author
  - reviewer
  - it-core
  - operator
  - auditor
  - administrator

teams:
  office: { title: Office }

calendars:
  default:
    timeZone: Europe/Dublin
    hours: { mon-fri: '09:00-17:00' }
`;
