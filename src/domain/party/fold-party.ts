import type { LedgerEvent } from '../event.js';
import { history } from '../history/history.js';
import { streamName } from '../event.js';
import type { PartyState } from './party.js';

/** A registered party, from its stream; undefined where no registration stands. */
export function foldParty(code: string, events: readonly LedgerEvent[]): PartyState | undefined {
  if (events.length === 0) return undefined;
  const record = history(events, { asOf: '9999-12-31', minimumStanding: 'claimed' }).records.get(
    streamName('party', code),
  );
  return record?.state as PartyState | undefined;
}
