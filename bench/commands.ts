import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { CommandResult } from '../src/commands/command-recorder.js';
import { ledgerCommand } from '../src/commands/ledger-commands.js';
import type { EventData, StoredEvent } from '../src/event-store/event-store.js';
import { EVENT_STORE } from '../src/event-store/event-store.module.js';
import type { EventStore } from '../src/event-store/event-store.js';
import { LedgerModule } from '../src/ledger.module.js';
import { ReadModels } from '../src/projections/read-models.js';
import { Opened } from '../src/opened.js';
import { loadSettings } from '../src/settings.js';
import { against, type Figure, perSecond } from './measure.js';
import { bareEmbedded, bareEventStoreDB, type BareStore } from './bare-store.js';
import { rebuildAgainstRead } from './rebuild.js';

const CALLERS = [1, 16, 64] as const;
const ROUNDS = 5;
const COMMANDS = { 1: 200, 16: 1000, 64: 2000 } as const;
/** A ledger's records belong to many pairs. */
const PARTNERS = ['PAK', 'AZE', 'CZE', 'FRA', 'ESP', 'USA', 'CHN', 'RUS', 'SEN', 'MLI', 'NGA', 'EGY', 'SAU', 'ARE'];

/**
 * Commands through the handler, one event each to a new stream, the ledger whole with its views, against the bare
 * append of the same events on the same kind of store; then the views of what was recorded, built anew.
 */
export async function measureLedger(esdb: string | undefined): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mithaq-bench-'));
  const bare = esdb === undefined ? await bareEmbedded(folder) : bareEventStoreDB(esdb);
  try {
    return [...(await commandsAgainstAppends(bare, folder)), await rebuildAgainstRead(bare, folder)];
  } finally {
    await bare.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function commandsAgainstAppends(store: BareStore, folder: string): Promise<Figure[]> {
  const settings = loadSettings({ MITHAQ_STORE: store.location, MITHAQ_VIEWS: join(folder, 'views.db') });
  const ledger = await NestFactory.createApplicationContext(LedgerModule.forRoot(settings, new Opened()), {
    logger: false,
  });
  try {
    const bus = ledger.get(CommandBus, { strict: false });
    const readModels = ledger.get(ReadModels, { strict: false });
    const run = randomUUID().slice(0, 8);
    const send = (type: string, data: object, commandId?: string): Promise<CommandResult> =>
      bus.execute(ledgerCommand({ type, data, commandId }, { actor: 'bench' }));
    await send('RegisterSource', { sourceId: run, title: { en: 'Bench' }, kind: 'dataset', language: 'en' });
    let count = 0;
    const draft = (commandId?: string) =>
      send(
        'DraftAgreement',
        {
          agreementId: `${run}-${(count += 1)}`,
          parties: ['MAR', PARTNERS[count % PARTNERS.length]],
          title: { en: `Agreement number ${count} on cooperation` },
          instrumentType: 'agreement',
          areas: ['cybersecurity'],
          occurredOn: `20${String(10 + (count % 10))}`,
          evidence: [{ sourceId: run, locator: 'line 1', standing: 'reported' }],
        },
        commandId,
      );
    const caughtUp = async (position: string) => {
      if (!(await readModels.waitFor(position, 600_000))) throw new Error('The views do not catch up');
    };
    const { stream, position } = await draft();
    await caughtUp(position!);
    const template = await lastEvent(ledger.get<EventStore>(EVENT_STORE, { strict: false }), stream);
    const bare = () => store.appendTo(`floor-${randomUUID()}`, [{ ...template, id: randomUUID() }]);

    const rounds = async (callers: keyof typeof COMMANDS, withIds: boolean): Promise<Figure> => {
      const total = COMMANDS[callers];
      const floor = () => perSecond(callers, total, bare);
      // Views that lag catch up before the next round, and in no one's time.
      const work = async () => {
        let last: CommandResult | undefined;
        const rate = await perSecond(
          callers,
          total,
          async () => (last = await draft(withIds ? randomUUID() : undefined)),
        );
        await caughtUp(last!.position!);
        return rate;
      };
      const kind = withIds ? 'command with an id of its own' : 'command';
      const what = {
        work: `${kind}, ${store.name}, ${callers} callers`,
        unit: '/s',
        floorIs: store.append.is,
        target: withIds ? null : store.append.target,
      };
      return against(what, ROUNDS, floor, work);
    };
    // What is compiled while it runs is no part of it.
    await perSecond(64, COMMANDS[64], bare);
    await perSecond(64, COMMANDS[64], () => draft());
    const figures: Figure[] = [];
    for (const callers of CALLERS) figures.push(await rounds(callers, false));
    figures.push(await rounds(64, true));
    return figures;
  } finally {
    await ledger.close();
  }
}

async function lastEvent(store: EventStore, stream: string): Promise<Omit<EventData, 'id'>> {
  let last: StoredEvent | undefined;
  for await (const event of store.readStream(stream)) last = event;
  const { type, data, metadata } = last!;
  return { type, data, metadata };
}
