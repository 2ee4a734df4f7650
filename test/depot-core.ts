/** What the core of a parcel service begins with: its name, its one team and its calendar. */
export function depotCore(timeZone: string): readonly (readonly [path: string, text: string])[] {
  return [
    [
      'core.yaml',
      `name: Parcel Service
line: 1
timeZone: ${timeZone}
roles: [sorter]
teams: { depot: { title: Depot } }
calendars:
  default:
    timeZone: ${timeZone}
    hours: { mon-fri: '09:00-17:00' }
    holidays: reference/holidays.csv
`,
    ],
    ['reference/holidays.csv', 'date,name\n2027-01-01,New Year\n'],
  ];
}
