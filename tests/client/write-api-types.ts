import { writeFileSync } from 'node:fs';
import { API_TYPES, apiTypes } from './api-types.js';

writeFileSync(API_TYPES, await apiTypes());
