import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Data, PureLedger } from '../support/ledger.js';

const lines = readFileSync('examples/morocco/commands.ndjson', 'utf8').trim().split('\n');

export function loadDossier(): PureLedger {
  const ledger = new PureLedger('2026-11-23');
  for (const line of lines) {
    const { commandId, type, data } = JSON.parse(line) as { commandId: string; type: string; data: Data };
    ledger.given(type, data, commandId);
  }
  return ledger;
}

describe('the dossier, by the domain alone', () => {
  const ledger = loadDossier();

  test('is taken without a warning', () => {
    expect(ledger.events.flatMap((e) => e.metadata.warnings)).toEqual([]);
  });

  test('gives three relationships', () => {
    const pairs = [...new Set([...ledger.history().records.values()].flatMap((r) => r.pairs))].sort();
    expect(pairs).toEqual(['AZE-MAR', 'CZE-MAR', 'MAR-PAK']);
  });

  test('MAR-PAK', () => {
    const status = ledger.status('MAR-PAK');
    expect(status).toMatchObject({
      stage: 'signed',
      visits: { count: 3, byDirection: { 'PAK>MAR': 2, 'MAR>PAK': 1 } },
      meetings: { count: 3 },
      exercises: { count: 2 },
    });
    expect(status.openDisputes).toHaveLength(3);
  });
});
