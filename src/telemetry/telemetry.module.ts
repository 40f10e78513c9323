import { Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** What a ledger tells of itself. */
@Module({ providers: [Metrics], exports: [Metrics] })
export class TelemetryModule {
  static forRoot() {
    return { module: TelemetryModule, global: true };
  }
}
