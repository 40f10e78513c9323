import { historyIndex } from './history-index.js';
import type { Projection } from './projection.js';
import { relationshipViews } from './relationships.js';
import { searchIndex } from './search-index.js';
import { worklists } from './worklists.js';

/** All read models; the history comes first, for the others are made from it. */
export const allProjections = (dormantAfterMonths: number): Projection[] => [
  historyIndex,
  relationshipViews(dormantAfterMonths),
  searchIndex,
  worklists,
];
