import { authorize } from '../../engine/index.ts';
import type { AccessActor, CaseLook, OfferedButton, Task } from '../../engine/index.ts';
import { withQuery } from '../views/paths.ts';
import { plainText } from '../views/texts/names.ts';
import { asWords } from '../views/texts/words.ts';
import { buttonSubject } from './case-subject.ts';

/** A button as a page shows it. */
export interface ButtonLink {
  readonly label: string;
  readonly href: string;
}

/** What a button says: its title, else its name as words. */
export function buttonTitle({ button }: OfferedButton): string {
  return plainText(button.title) ?? asWords(button.name);
}

/** The address at which a button of one visit is pressed; `path` is that of its name. */
export function pressAddress(
  { state, visit }: OfferedButton,
  path: string,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  return withQuery(path, { in: state, visit: String(visit), ...more });
}

/** The buttons of a case that an actor may press now. */
export function offeredTo(
  look: CaseLook,
  tasks: readonly Task[],
  actor: AccessActor,
  pathOf: (button: string) => string,
): readonly ButtonLink[] {
  return look.buttons
    .filter(({ by }) => {
      return authorize(actor, 'case.press', buttonSubject(look, tasks, by)).allowed;
    })
    .map((offered) => ({
      label: buttonTitle(offered),
      href: pressAddress(offered, pathOf(offered.button.name)),
    }));
}
