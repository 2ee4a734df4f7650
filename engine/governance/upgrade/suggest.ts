import type { Judgement } from '../proposals/judge.ts';

/** What a suggestion is made of. */
export interface SuggestedFrom extends Pick<Judgement, 'broken' | 'forbidden'> {
  /** The release that is changed. */
  readonly release: string;
  /** The last day for the owners of workflows, `2027-03-01`. */
  readonly until: string;
}

/**
 * Writes an `upgrade.yaml` for a change that is refused: the workflows that it breaks may stay behind,
 * and what its types ask of earlier values is there to be filled in.
 */
export function suggestedUpgrade({ broken, forbidden, release, until }: SuggestedFrom): string {
  const workflows = broken.filter(({ kind }) => kind === 'workflow').map(({ name }) => name);
  const fields = forbidden.filter(({ rule, field }) => rule === 'required' && !/[.[]/.test(field));
  const lines = [
    `# How what is in use comes from release ${release} to the next one.`,
    `from: '${release}'`,
    ...(workflows.length === 0
      ? []
      : [
          `# These stay on release ${release} until their owners have published them anew.`,
          'behind:',
          `  until: '${until}'`,
          '  workflows:',
          ...workflows.map((name) => `    - ${name}`),
        ]),
    ...(fields.length === 0
      ? []
      : [
          '# What a value of before lacks: "set" is a formula over "old", the value as it was.',
          '# Write a formula, and take the "# " in front of both lines away.',
          '# backfill:',
          ...fields.map(({ type, field }) => `#   - { type: ${type}, field: ${field}, set: '…' }`),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
