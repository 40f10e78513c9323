import { join } from 'node:path';
import { LedgerQueries } from '../../src/api/queries/ledger-queries.js';
import { HistoryParams, readParams, TimeParams } from '../../src/api/queries/params.js';
import { importFile } from '../../src/cli/import-file.js';
import { openLedger } from '../../src/cli/ledger.js';
import { LEDGER_STREAMS } from '../../src/domain/event.js';
import { Projector } from '../../src/projections/projector.js';
import { openReadModel } from '../../src/projections/read-model.js';
import type { EventStore, StoredEvent } from '../../src/event-store/event-store.js';
import { loadSettings } from '../../src/settings.js';
import { ALL } from './projected.js';

/** When the dossier's first event is recorded; each later one is a minute after. */
const BEGINNING = Date.parse('2026-11-23T10:00:00.000Z');
const NOW = () => new Date('2026-11-24T12:00:00.000Z');

/** Records the Morocco dossier in the file `store`, an event a minute. */
export async function recordDossier(store: string): Promise<void> {
  let minutes = 0;
  const now = () => new Date(BEGINNING + 60_000 * minutes++);
  const ledger = await openLedger(loadSettings({ MITHAQ_STORE: store, MITHAQ_VIEWS: `${store}.views` }), now);
  try {
    const { examples } = await importFile(ledger, 'examples/morocco/commands.ndjson', {
      refused: `${store}.refused.ndjson`,
      inOrder: true,
    });
    if (examples.length > 0) throw new Error(JSON.stringify(examples));
  } finally {
    await ledger.close();
  }
}

/** The ledger in a store: what its events say, without what the store adds of its own. */
export async function ledgerIn(store: EventStore): Promise<Omit<StoredEvent, 'position' | 'created'>[]> {
  const events = [];
  for await (const { position: _p, created: _c, ...event } of store.readAll({ streamPrefixes: LEDGER_STREAMS })) {
    events.push(event);
  }
  return events;
}

/** What a store's ledger knew at each of `points`, from views that are built anew in `directory`. */
export async function knownIn(store: EventStore, directory: string, points: readonly string[]): Promise<unknown[]> {
  const db = openReadModel(join(directory, 'known.db'), ALL);
  const projector = new Projector(store, db, ALL, NOW, () => undefined);
  try {
    await projector.start();
    const queries = new LedgerQueries({ db }, { dormantAfterMonths: 60, partyNames: {}, now: NOW });
    return points.map((knownAt) => [
      queries.relationship('MAR-PAK', readParams(TimeParams, { knownAt })),
      queries.relationshipHistory('MAR-PAK', readParams(HistoryParams, { knownAt, order: 'recorded' })),
    ]);
  } finally {
    await projector.close();
    db.close();
  }
}
