import type { HeldEffects } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';

/** What waits under one name. */
export interface EffectItem {
  readonly name: string;
  readonly title: string;
  readonly count: number;
  readonly since: TimeView;
  /** Whether it may be left undone: nobody else has done what a timer does. */
  readonly mayRefuse: boolean;
}

export interface EffectsModel {
  /** Absent where nothing is held back. */
  readonly held?: { readonly takenAt: TimeView; readonly released: readonly string[] };
  readonly waiting: readonly EffectItem[];
}

const TITLES: Readonly<Record<string, string>> = {
  timer: 'Time limits, reminders and other timers',
  schedule: 'Cases that begin by the clock',
  'mail.send': 'Mails',
};

/** Makes one line of what waits. */
export function effectItem({ name, count, since }: HeldEffects, moment: ViewMoment): EffectItem {
  return {
    ...{ name, title: TITLES[name] ?? name, count, since: showTime(since, moment) },
    mayRefuse: name !== 'timer',
  };
}

/** Makes the page on which an operator lets go what is held back after a restore. */
export function effectsPage({ held, waiting }: EffectsModel): Page {
  const released = held?.released ?? [];
  const model = {
    ...(held === undefined
      ? {}
      : {
          held: { ...held, released: released.map((name) => TITLES[name] ?? name) },
          schedules: !released.includes('schedule'),
        }),
    waiting,
    releaseHref: paths.releaseEffects,
    refuseHref: paths.refuseEffects,
    endHref: paths.endHold,
  };
  return { template: 'pages/effects', title: 'Effects that are held back', model };
}
