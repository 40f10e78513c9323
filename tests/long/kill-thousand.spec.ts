import { test } from '@jest/globals';
import { killRounds } from '../support/kills.js';

// npm run build && MITHAQ_TEST_LONG=1 npm run jest -- long
test('killed a thousand times, a fresh ledger every fifty', async () => {
  for (let ledger = 0; ledger < 20; ledger += 1) await killRounds(50, Math.random);
}, 7_200_000);
