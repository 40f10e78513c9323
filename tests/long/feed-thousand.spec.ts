import { test } from '@jest/globals';
import { followersSee } from '../support/followers.js';

// npm run build && MITHAQ_TEST_LONG=1 npm run jest -- long/feed
test('a thousand follow while twenty events a second are recorded', async () => {
  const began = Date.now();
  const lags = await followersSee({ followers: 1000, events: 600, reconnects: false, everyMs: 50 });
  const at = (share: number) => lags[Math.floor((lags.length - 1) * share)];
  console.log(
    `${lags.length} messages in ${Math.round((Date.now() - began) / 1000)} s: lag in ms p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)}`,
  );
});

test('two hundred follow and come back at random', async () => {
  await followersSee({ followers: 200, events: 2000, reconnects: true });
});
