import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { isTimeZone } from '../../kernel/values/zone.ts';
import { approvalRoutesSchema } from './approval-routes.ts';
import type { Fault } from './fault.ts';
import { unknownName } from './fault.ts';

const NAME = '^[a-z][a-z0-9-]{0,49}$';
const TIMES = '^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$';

const Calendar = Type.Object(
  {
    timeZone: Type.String(),
    /** `mon-fri: '09:00-17:00'`, or several stretches as a list. */
    hours: Type.Record(
      Type.String({ pattern: '^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$' }),
      Type.Union([
        Type.String({ pattern: TIMES }),
        Type.Array(Type.String({ pattern: TIMES }), { minItems: 1, maxItems: 10 }),
      ]),
      { additionalProperties: false, minProperties: 1 },
    ),
    holidays: Type.Optional(Type.String({ pattern: '^reference/[a-z0-9][a-z0-9-]*\\.csv$' })),
  },
  { additionalProperties: false },
);

/** The meta-schema of `core.yaml`. */
export const settingsSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    /** Which line of releases this is; workflows are written for a line. */
    line: Type.Integer({ minimum: 1, maximum: 999_999 }),
    timeZone: Type.String(),
    roles: Type.Array(Type.String({ pattern: NAME }), {
      minItems: 1,
      maxItems: 200,
      uniqueItems: true,
    }),
    /** Who manages whose tasks: `head-of-operations: [sales-rep]`. */
    managers: Type.Optional(
      Type.Record(
        Type.String({ pattern: NAME }),
        Type.Array(Type.String({ pattern: NAME }), {
          minItems: 1,
          maxItems: 200,
          uniqueItems: true,
        }),
        { additionalProperties: false },
      ),
    ),
    teams: Type.Record(
      Type.String({ pattern: NAME }),
      Type.Object(
        { title: Type.String({ minLength: 1, maxLength: 100 }) },
        { additionalProperties: false },
      ),
      { additionalProperties: false, minProperties: 1 },
    ),
    calendars: Type.Record(Type.String({ pattern: NAME }), Calendar, {
      additionalProperties: false,
    }),
    /** Who approves changes of the core. (Default: one of the role it-core; two where the risk is high) */
    approvalRoutes: Type.Optional(approvalRoutesSchema),
  },
  { additionalProperties: false },
);

/** What `core.yaml` says of the company. */
export type Settings = Static<typeof settingsSchema>;
export type CalendarSettings = Static<typeof Calendar>;

/** Tells the faults of settings that fit their meta-schema. */
export function settingsFaults(settings: Settings): readonly Fault[] {
  const zones = [
    { path: ['timeZone'], zone: settings.timeZone },
    ...Object.entries(settings.calendars).map(([name, { timeZone }]) => ({
      path: ['calendars', name, 'timeZone'],
      zone: timeZone,
    })),
  ];
  const faults: Fault[] = zones
    .filter(({ zone }) => !isTimeZone(zone))
    .map(({ path, zone }) => ({
      code: 'time-zone',
      path,
      message: `"${zone}" is not a time zone. Write the name of a place as the IANA lists it, like Europe/Dublin.`,
    }));
  faults.push(...managerFaults(settings), ...routeFaults(settings));
  if (!Object.hasOwn(settings.calendars, 'default'))
    faults.push({
      code: 'calendar-default',
      path: ['calendars'],
      message: 'A calendar named "default" is needed: business hours are counted by it.',
    });
  return faults;
}

function routeFaults({ roles, approvalRoutes }: Settings): readonly Fault[] {
  return Object.entries(approvalRoutes ?? {}).flatMap(([risk, { role }]) =>
    roles.includes(role)
      ? []
      : [unknownName('role', role, roles, ['approvalRoutes', risk, 'role'])],
  );
}

function managerFaults({ roles, managers = {} }: Settings): readonly Fault[] {
  return Object.entries(managers).flatMap(([manager, managed]) => {
    const path = ['managers', manager];
    const named = [
      { role: manager, path },
      ...managed.map((role, index) => ({ role, path: [...path, index] })),
    ];
    return named
      .filter(({ role }) => !roles.includes(role))
      .map(({ role, path: at }) => ({
        code: 'unknown-role',
        path: at,
        message: `There is no role "${role}". Write one of: ${roles.join(', ')}.`,
      }));
  });
}
