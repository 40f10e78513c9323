import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { LedgerQueries } from './api/queries/ledger-queries.js';
import { AuditModule } from './audit/audit.module.js';
import { CommandIndex, type RecordedCommand } from './commands/command-index.js';
import { CommandRecorder } from './commands/command-recorder.js';
import { CommandsModule } from './commands/commands.module.js';
import { EventStoreModule } from './event-store/event-store.module.js';
import { Opened } from './opened.js';
import { commandRow, commandsAmong } from './projections/history-index.js';
import { ProjectionsModule } from './projections/projections.module.js';
import { ReadModels } from './projections/read-models.js';
import { logDirectory, refusedPath, type Settings } from './settings.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';

/** The index of command ids that the history keeps. */
class ProjectedCommandIndex extends CommandIndex {
  constructor(private readonly readModels: ReadModels) {
    super();
  }

  find(commandId: string): RecordedCommand | undefined {
    const row = commandRow(this.readModels.db, commandId);
    return row && { stream: row.stream, commandHash: row.hash };
  }

  known(commandIds: readonly string[]): readonly string[] {
    return commandsAmong(this.readModels.db, commandIds);
  }

  progress(): Promise<boolean> {
    return this.readModels.knows(this.readModels.progress.known + 1, INDEX_WAIT_MS);
  }
}

/** How long a command waits for an index that lags far behind: then it is taken, and takes memory. */
const INDEX_WAIT_MS = 1000;

/** Its transparency log, where one is kept. */
function sealing(settings: Settings, opened: Opened): DynamicModule[] {
  const directory = logDirectory(settings);
  const { store: location, tlogOrigin: origin, tlogKeys: keys, tlogWitnesses: witnesses } = settings;
  return directory === null ? [] : [AuditModule.forRoot({ location, directory, origin, keys, witnesses }, opened)];
}

/** The ledger without HTTP: what the server and the command line are both made of. */
@Module({})
export class LedgerModule implements OnApplicationShutdown {
  constructor(
    private readonly opened: Opened,
    @Inject(ReadModels) readModels: ReadModels,
    @Inject(CommandRecorder) recorder: CommandRecorder,
  ) {
    // What other processes record is seen there first.
    readModels.onProgress(({ streams }) => recorder.saw(streams));
  }

  /** @param opened takes what the ledger opens, to close it when the ledger is shut down */
  static forRoot(settings: Settings, opened: Opened, now: () => Date = () => new Date()): DynamicModule {
    const { dormantAfterMonths, partyNames, refusedDays: days } = settings;
    const refused = days > 0 ? { path: refusedPath(settings), days } : null;
    const index = {
      provide: CommandIndex,
      inject: [ReadModels],
      useFactory: (readModels: ReadModels) => new ProjectedCommandIndex(readModels),
    };
    const queries = {
      provide: LedgerQueries,
      inject: [ReadModels],
      useFactory: (readModels: ReadModels) => new LedgerQueries(readModels, { dormantAfterMonths, partyNames, now }),
    };
    return {
      module: LedgerModule,
      global: true,
      imports: [
        TelemetryModule.forRoot(),
        EventStoreModule.forRoot(settings.store, opened),
        ProjectionsModule.forRoot({ location: settings.store, path: settings.views, dormantAfterMonths, now }, opened),
        CommandsModule.forRoot(now, refused, opened),
        ...sealing(settings, opened),
      ],
      providers: [{ provide: Opened, useValue: opened }, index, queries],
      exports: [CommandIndex, LedgerQueries],
    };
  }

  /** After the server has answered what it accepted: nothing may write any more. */
  onApplicationShutdown(): Promise<void> {
    return this.opened.close();
  }
}
