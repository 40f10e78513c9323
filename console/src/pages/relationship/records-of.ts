import { type Category, type HistoryEntry, parseStream } from '../../api/records';
import { isClaimed } from '../../time/search';

/** A visit, meeting or exercise, by the fact that says that it was held. */
export interface HeldRecord {
  readonly stream: string;
  readonly category: Category;
  readonly entry: HistoryEntry;
}

const HELD: readonly string[] = ['VisitHeld', 'MeetingHeld', 'ExerciseHeld'];

/** What a history says was held, each once. */
export function recordsOf(entries: readonly HistoryEntry[]) {
  const held = new Map<string, HeldRecord>();
  for (const entry of entries) {
    const category = parseStream(entry.record)?.category;
    if (category === undefined || entry.when !== 'happened' || !HELD.includes(entry.type)) continue;
    if (!held.has(entry.record)) held.set(entry.record, { stream: entry.record, category, entry });
  }
  const all = [...held.values()];
  return {
    established: (category: Category) =>
      all.filter((each) => each.category === category && !isClaimed(each.entry.standing)),
    claimed: all.filter(({ entry }) => isClaimed(entry.standing)),
  };
}
