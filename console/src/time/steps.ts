import { useLocation } from '@tanstack/react-router';
import { useAllPages, useAnswer } from '../api/ledger';
import { CATEGORIES, type Category, type HistoryEntry, plural } from '../api/records';

/** The points at which more came to be known of what is on the page. */
export interface Steps {
  readonly count: number;
  /** The ledger's position of a step, from 1 to the count. */
  readonly positionOf: (step: number) => string;
  /** Its entry, where the page is about one history. */
  readonly entryOf: (step: number) => HistoryEntry | undefined;
  /** How many steps were taken at a position. */
  readonly stepAt: (position: number) => number;
}

const NONE: Steps = { count: 0, positionOf: () => '0', entryOf: () => undefined, stepAt: () => 0 };

const PATH = /^\/(relationships|agreements|visits|meetings|mechanisms|exercises|sources)\/([^/]+)/;

/** The steps of the page: those of its pair's or record's history, else every entry of the ledger. */
export function useSteps(): Steps {
  const [, records, subject] = PATH.exec(useLocation().pathname) ?? [];
  const id = decodeURIComponent(subject ?? '');
  const category = CATEGORIES.find((each) => plural(each) === records);
  const ofPair = usePairSteps(id, records === 'relationships');
  const ofRecord = useRecordSteps(category ?? 'agreement', id, category !== undefined);
  const ofLedger = useLedgerSteps(records === undefined);
  return ofPair ?? ofRecord ?? ofLedger ?? NONE;
}

function usePairSteps(pair: string, enabled: boolean): Steps | undefined {
  const { data } = useAllPages('/v1/relationships/{pair}/history', { pair, order: 'recorded' }, enabled);
  return enabled && data ? stepsOf(data.flatMap((page) => page.entries)) : undefined;
}

function useRecordSteps(category: Category, id: string, enabled: boolean): Steps | undefined {
  const { data } = useAllPages(`/v1/${plural(category)}/{id}/history`, { id, order: 'recorded' }, enabled);
  return enabled && data ? stepsOf(data.flatMap((page) => page.entries)) : undefined;
}

function stepsOf(entries: readonly HistoryEntry[]): Steps {
  return {
    count: entries.length,
    positionOf: (step) => String(entries[step - 1]?.position ?? 0),
    entryOf: (step) => entries[step - 1],
    stepAt: (position) => entries.filter((entry) => entry.position <= position).length,
  };
}

function useLedgerSteps(enabled: boolean): Steps | undefined {
  const { data } = useAnswer('/v1/relationships', { limit: 1 }, enabled);
  if (!enabled || !data) return undefined;
  const count = Number(data.knownAt.position);
  return { count, positionOf: String, entryOf: () => undefined, stepAt: (position) => Math.min(position, count) };
}
