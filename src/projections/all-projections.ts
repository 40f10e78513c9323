import { CATEGORIES } from '../domain/event.js';
import { historyIndex } from './history-index.js';
import type { Projection } from './projection.js';
import { searchIndex } from './search-index.js';
import { recordViews, relationshipViews } from './views.js';
import { worklists } from './worklists.js';

/** All read models; the history comes first, for the others are made from it. */
export const allProjections = (dormantAfterMonths: number): Projection[] => [
  historyIndex,
  ...CATEGORIES.filter((category) => category !== 'relationship').map(recordViews),
  relationshipViews(dormantAfterMonths),
  searchIndex,
  worklists,
];
