import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { API_TYPES, apiTypes } from './api-types.js';

test('the client’s types are as the API’s description is: else `npm run client:types`', async () => {
  expect(await apiTypes()).toBe(readFileSync(API_TYPES, 'utf8'));
});
