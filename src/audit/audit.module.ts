import { type DynamicModule, Logger, Module } from '@nestjs/common';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import type { Opened } from '../opened.js';
import { Metrics, type Sample } from '../telemetry/metrics.js';
import { TransparencyLog, type TransparencyLogOptions } from './sealing/transparency-log.js';

/** Keeps the transparency log of the ledger. */
@Module({})
export class AuditModule {
  /** @param opened takes what is opened, to be closed when the ledger is shut down */
  static forRoot(options: Omit<TransparencyLogOptions, 'log'>, opened: Opened): DynamicModule {
    const log = new Logger('TransparencyLog');
    const transparencyLog = {
      provide: TransparencyLog,
      inject: [EVENT_STORE, Metrics],
      useFactory: async (store: EventStore, metrics: Metrics) => {
        const kept = await opened.add(TransparencyLog.start(store, { ...options, log }), (l) => l.close());
        const one = (of: () => number) => (): Sample[] => [[{}, of()]];
        metrics.gauge('mithaq_log_sealed_position', 'The ledger’s position up to which it is sealed', [], one(() => kept.status.sealed)); // prettier-ignore
        metrics.gauge('mithaq_log_standing', '1 where nothing is sealed, else 0', [], one(() => kept.status.state === 'standing' ? 1 : 0)); // prettier-ignore
        metrics.gauge('mithaq_log_witnessed_position', 'The position that a witness signed last', ['witness'], () =>
          kept.status.witnesses.map(({ key, signed }): Sample => [
            { witness: key.slice(0, key.lastIndexOf('+')) },
            signed,
          ]),
        );
        return kept;
      },
    };
    return { module: AuditModule, global: true, providers: [transparencyLog], exports: [TransparencyLog] };
  }
}
