import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import { Metrics } from '../telemetry/metrics.js';
import { CommandIndex } from './command-index.js';
import { CommandRecorder } from './command-recorder.js';
import { COMMAND_HANDLERS } from './ledger-commands.js';

/** The way in: commands on Nest's bus, one handler for all. The {@link CommandIndex} comes from outside. */
@Module({})
export class CommandsModule {
  static forRoot(now: () => Date): DynamicModule {
    const recorder = {
      provide: CommandRecorder,
      inject: [EVENT_STORE, CommandIndex, Metrics],
      useFactory: (store: EventStore, index: CommandIndex, metrics: Metrics) =>
        new CommandRecorder(store, index, now, metrics),
    };
    return {
      module: CommandsModule,
      imports: [CqrsModule.forRoot()],
      providers: [recorder, ...COMMAND_HANDLERS],
      exports: [CommandRecorder],
    };
  }
}
