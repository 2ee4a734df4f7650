import type { CoreRelease, ReleaseHead } from '../../../engine/index.ts';
import { isSignedLock, lockOfRelease, signatureFaults } from '../../../engine/index.ts';
import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import type { TagView } from '../texts/tag.ts';

/** Makes the list of releases, the newest first. */
export function releasesPage(
  model: {
    readonly inForce: string;
    readonly releases: readonly ReleaseHead[];
    readonly nextHref?: string;
  },
  moment: ViewMoment,
): Page {
  const { inForce, releases, nextHref } = model;
  return {
    template: 'pages/releases',
    title: 'Releases',
    area: 'core',
    model: {
      tabs: itTabs('releases'),
      inForce,
      ...(nextHref === undefined ? {} : { nextHref }),
      releases: releases.map((one) => ({
        release: one.release,
        href: paths.release(one.release),
        text: wordsOf(one),
        tag: releaseTag(one, inForce),
        since: showTime(one.createdAt, moment),
      })),
    },
  };
}

/** Makes the page of one release: who stands behind it, and its lock. */
export function releasePage(release: CoreRelease, inForce: string, moment: ViewMoment): Page {
  const lock = lockOfRelease(release);
  const signed = isSignedLock(lock) ? lock : undefined;
  const faults = signed === undefined ? [] : signatureFaults(signed);
  return {
    template: 'pages/release',
    title: `Release ${release.release}`,
    area: 'core',
    model: {
      releasesHref: paths.releases,
      release: release.release,
      tag: releaseTag(release, inForce),
      since: showTime(release.createdAt, moment),
      digest: lock.digest,
      ...(signed === undefined
        ? {}
        : {
            title: signed.title,
            verdict: faults.length === 0 ? 'Every signature is right.' : faults.join(' '),
            signatures: [
              { what: 'Proposed', ...signed.author },
              ...signed.approvals.map((one) => ({ what: 'Approved', ...one })),
            ].map((one) => ({ ...one, at: showTime(one.at, moment) })),
          }),
      files: Object.entries(lock.files).map(([path, digest]) => ({ path, digest })),
    },
  };
}

function wordsOf({ signed }: ReleaseHead): string {
  if (signed === undefined) return 'Not signed.';
  const people = signed.approvals.map(({ name }) => name).join(' and ');
  return `${signed.title}. Proposed by ${signed.author.name}, approved by ${people}.`;
}

function releaseTag({ release }: ReleaseHead, inForce: string): TagView {
  return release === inForce
    ? { text: 'In force', tone: 'green' }
    : { text: 'Earlier', tone: 'grey' };
}
