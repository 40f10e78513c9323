import { type Citation, parseStream, plural } from '../../domain/event.js';
import { REVIEW_COMMANDS, type ReviewItem } from '../../domain/worklists/review.js';
import { DUE_COMMANDS, type DueItem, dueWhen } from '../../domain/worklists/upcoming.js';
import type { WorkItem } from '../../domain/worklists/work-item.js';
import type { CitedSource, Shown, ShownDue, ShownReview } from './answers.js';

/** What of a record's view an item shows beside its own; nothing of it where the record is not there. */
export interface Called {
  readonly title?: Readonly<Record<string, string>> | null;
  readonly titleIsDescriptive?: boolean;
  readonly withdrawn?: boolean;
}

/** The view of a record, by its stream. */
export type Views = (stream: string) => Called | undefined;

/** The pairs that a source tells of: it has none of its own. */
export type PairsCiting = (source: string) => readonly string[];

/** Where a record is answered. */
export function urlOf(stream: string): string {
  const { category, id } = parseStream(stream)!;
  return category === 'relationship' ? `/v1/relationships/${id}` : `/v1/${plural(category)}/${id}`;
}

/** What is cited, with the titles of the sources. */
export const cited = (evidence: readonly Citation[], views: Views): CitedSource[] =>
  evidence.map((citation) => {
    const { title = null, withdrawn = false } = views(`source-${citation.sourceId}`) ?? {};
    return { ...citation, title, withdrawn };
  });

function shown<Item extends WorkItem & { readonly others?: unknown }>(
  { key: _, others: __, ...item }: Item,
  commands: readonly string[],
  views: Views,
  pairsCiting: PairsCiting,
): Shown<Item> {
  const url = urlOf(item.stream);
  const evidence = cited(item.evidence, views);
  const pairs = item.category === 'source' ? pairsCiting(item.stream) : item.pairs;
  return { ...item, pairs, url, evidence, commands };
}

export function shownReview(item: ReviewItem, views: Views, pairsCiting: PairsCiting): ShownReview {
  const commands = REVIEW_COMMANDS[item.kind].filter(
    (name) => name !== 'LinkAgreement' || item.category === 'agreement',
  );
  const others = item.others.map((other) => {
    const { title = null, titleIsDescriptive = false } = views(other.stream) ?? {};
    return { ...other, title, titleIsDescriptive };
  });
  return { ...shown(item, commands, views, pairsCiting), others };
}

export const shownDue = (item: DueItem, asOf: string, views: Views): ShownDue => ({
  ...shown(item, DUE_COMMANDS[item.kind], views, () => []),
  when: dueWhen(item, asOf),
});
