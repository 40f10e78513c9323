import { test } from '@jest/globals';
import { consumerKillRounds } from '../support/consumer-kills.js';

test('the example’s consumer is killed two hundred times, a fresh ledger every forty: its table is what the views say', async () => {
  for (let ledger = 0; ledger < 5; ledger += 1) await consumerKillRounds(40, Math.random);
});
