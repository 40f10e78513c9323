import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEventFeed } from '../src/event-store/open-event-feed.js';
import { allProjections } from '../src/projections/all-projections.js';
import { Projector } from '../src/projections/projector.js';
import { openReadModel } from '../src/projections/read-model.js';
import { markComplete } from '../src/projections/read-model-files.js';
import type { BareStore } from './bare-store.js';
import { against, type Figure } from './measure.js';

const ROUNDS = 3;
const DORMANT_AFTER = 60;

/** All views of a ledger made from its events, what is put off included, against reading the events and no more. */
export function rebuildAgainstRead(store: BareStore, folder: string): Promise<Figure> {
  const floor = async () => {
    const start = performance.now();
    return (await store.readAll()) / seconds(start);
  };
  const work = async () => {
    const path = join(folder, 'rebuilt.db');
    const projections = allProjections(DORMANT_AFTER);
    const feed = openEventFeed(store.location, () => undefined);
    const db = openReadModel(path, projections);
    let position = 0;
    const projector = new Projector(
      feed,
      db,
      projections,
      () => new Date(),
      (told) => (position = told.known),
    );
    const start = performance.now();
    try {
      await projector.start();
      await projector.settle();
      markComplete(db);
      return position / seconds(start);
    } finally {
      await projector.close();
      await feed.close();
      db.close();
      for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
    }
  };
  const { is: floorIs, target } = store.read;
  const what = { work: `rebuild of all views, ${store.name}`, unit: ' events/s', floorIs, target };
  return against(what, ROUNDS, floor, work);
}

const seconds = (start: number) => (performance.now() - start) / 1000;
