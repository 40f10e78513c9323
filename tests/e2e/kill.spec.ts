import { test } from '@jest/globals';
import { killRounds } from '../support/kills.js';

test('killed in a load, it starts again and every acknowledged command is there, once', async () => {
  await killRounds(3, Math.random);
}, 180_000);
