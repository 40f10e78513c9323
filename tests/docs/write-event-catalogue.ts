import { writeFileSync } from 'node:fs';
import { CATALOGUE, eventCatalogue } from './event-catalogue.js';

writeFileSync(CATALOGUE, eventCatalogue());
