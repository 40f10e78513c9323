import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import { Metrics } from '../telemetry/metrics.js';
import { CommandIndex } from './command-index.js';
import { CommandRecorder } from './command-recorder.js';
import { COMMAND_HANDLERS } from './ledger-commands.js';
import type { Opened } from '../opened.js';
import { RefusedCommands } from './refused-commands.js';

export interface RefusedOptions {
  readonly path: string;
  readonly days: number;
}

/** The way in: commands on Nest's bus, one handler for all. The {@link CommandIndex} comes from outside. */
@Module({})
export class CommandsModule {
  /** @param refused where refused commands are kept, and for how many days; null: they are not */
  static forRoot(now: () => Date, refused: RefusedOptions | null, opened: Opened): DynamicModule {
    const log = new Logger('RefusedCommands');
    const tell = (error: unknown) => log.warn(`Refused commands could not be kept: ${String(error)}`);
    const refusedCommands = {
      provide: RefusedCommands,
      // After the store: that one makes the folder, and knows whether this ledger is the only one here.
      inject: [EVENT_STORE],
      useFactory: () =>
        refused &&
        opened.add(new RefusedCommands(refused.path, refused.days, now, tell), (commands) => commands.close()),
    };
    const recorder = {
      provide: CommandRecorder,
      inject: [EVENT_STORE, CommandIndex, Metrics, RefusedCommands],
      useFactory: (store: EventStore, index: CommandIndex, metrics: Metrics, kept: RefusedCommands | null) =>
        new CommandRecorder(store, index, now, metrics, kept ?? undefined),
    };
    return {
      module: CommandsModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [recorder, refusedCommands, ...COMMAND_HANDLERS],
      exports: [CommandRecorder, RefusedCommands],
    };
  }
}
