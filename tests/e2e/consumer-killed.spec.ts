import { test } from '@jest/globals';
import { consumerKillRounds } from '../support/consumer-kills.js';

test('the example’s consumer is killed in a load: its table is what the views say', async () => {
  await consumerKillRounds(4, Math.random);
}, 180_000);
