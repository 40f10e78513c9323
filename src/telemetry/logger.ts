import { ConsoleLogger } from '@nestjs/common';

export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** What a server says of itself: to people what they must look at, to a collector of logs all of it. */
export const logger = (format: LogFormat): ConsoleLogger =>
  format === 'json'
    ? new ConsoleLogger({ json: true, logLevels: ['fatal', 'error', 'warn', 'log'], flattenParams: true })
    : new ConsoleLogger({ logLevels: ['fatal', 'error', 'warn'] });
