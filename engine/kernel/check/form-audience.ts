import type { Audience } from '../definition/people.ts';
import type { Problem } from '../problem.ts';
import { audienceName, audiencesOf, formUsesOf } from './audience.ts';
import type { Checkup } from './checkup.ts';
import { error } from './place.ts';

/** Checks that a form with an audience is given to nobody else. */
export function checkFormAudiences(checkup: Checkup): readonly Problem[] {
  return formUsesOf(checkup).flatMap(({ form, audience, path, state }) => {
    const meant = form.audience;
    if (meant === undefined || meant.kind === 'public') return [];
    const names = namesOf(meant, checkup);
    const reader = audienceName(audience);
    if (names.includes(reader)) return [];
    return [
      error(
        'wrong-audience',
        path,
        `The form "${form.name}" is made for ${names.join(' and ')}, and here it is given to ${reader}. ` +
          'Use a form of its own here, or widen the audience of the form.',
        [`form ${form.name}`, ...(state ? [state.id] : []), reader],
      ),
    ];
  });
}

function namesOf(audience: Audience, checkup: Checkup): readonly string[] {
  return audiencesOf(audience, checkup).map(audienceName);
}
