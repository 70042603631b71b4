import type { StatementPart, UnseenActions } from './narrow-statement.js';

/** Why what is in a part is kept, a sentence each. */
export function notesOf(part: StatementPart | undefined): string[] {
  if (part === undefined) return [];
  const byReason = new Map<string, string[]>();
  for (const [action, reason] of part.keptFor) byReason.set(reason, [...(byReason.get(reason) ?? []), action]);
  return [
    ...part.unseen.map(unseenNote),
    ...[...byReason].map(([reason, actions]) => `Resources of ${listed(actions)} are as they were: ${reason}.`),
    ...(part.madeWildcards.length > 0
      ? [`For want of room ${listed(part.madeWildcards)}: nothing unused today, and what AWS adds under it.`]
      : []),
  ];
}

/** Why the uses of some actions would not be seen. */
export function unseenNote({ detail, actions }: UnseenActions): string {
  return `Kept, for its uses are not seen (${listed(actions)}): ${detail}`;
}

const maxListed = 3;

function listed(names: readonly string[]): string {
  const more = names.length - maxListed;
  return more > 1 ? `${names.slice(0, maxListed).join(', ')} and ${more} more` : names.join(', ');
}
