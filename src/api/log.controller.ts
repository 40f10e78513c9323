import { Controller, Get, Header, Headers, Inject, Optional, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { leafHash } from '../audit/log/merkle.js';
import { tileAt, TILE_WIDTH } from '../audit/log/tile.js';
import { formatProof } from '../audit/log/tlog-proof.js';
import { type LogStatus, NotSealed, TransparencyLog } from '../audit/sealing/transparency-log.js';
import type { WitnessStatus } from '../audit/sealing/witnesses.js';
import type { Settings } from '../settings.js';
import { NotFound } from './queries/ledger-queries.js';
import { ConsistencyParams } from './queries/log-params.js';
import { InvalidParams, isPositionText, readParams } from './queries/params.js';
import { API_SETTINGS } from './wait.interceptor.js';

export const TLOG_PATH = '/tlog';
export const LOG_PATH = '/v1/log';
export const TLOG_PROOF = 'text/plain';

/** Positions are text here, as everywhere in the API. */
export type LogAnswer = Omit<LogStatus, 'sealed' | 'witnesses'> & {
  readonly sealed: string;
  readonly witnesses: readonly (Omit<WitnessStatus, 'signed'> & { readonly signed: string })[];
};

/** That an event is in the log. Hashes are in Base 64. */
export interface InclusionAnswer {
  /** Of the event in the ledger, from 1. */
  readonly position: string;
  /** Of its leaf, from 0. */
  readonly index: number;
  readonly leafHash: string;
  /** From the leaf's sibling up. */
  readonly hashes: readonly string[];
  /** A signed note. */
  readonly checkpoint: string;
}

/** That the tree of the `first` events is the beginning of that of the `second`. */
export interface ConsistencyAnswer {
  readonly first: number;
  readonly second: number;
  readonly hashes: readonly string[];
}

const inBase64 = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'));

/** A ledger that keeps no log has nothing here. @throws NotFound */
function kept(log: TransparencyLog | undefined): TransparencyLog {
  if (!log) throw new NotFound('This ledger keeps no transparency log (MITHAQ_TLOG)');
  return log;
}

/** The transparency log as https://c2sp.org/tlog-tiles has it served, as its files would be by any web server. */
@Controller(TLOG_PATH)
export class TilesController {
  constructor(@Optional() @Inject(TransparencyLog) private readonly log: TransparencyLog | undefined) {}

  @Get('checkpoint')
  checkpoint(@Res({ passthrough: true }) reply: FastifyReply): string {
    const { checkpoint } = kept(this.log);
    if (!checkpoint) throw new NotFound('Nothing is sealed so far');
    void reply.headers({ 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' });
    return checkpoint.text;
  }

  @Get('tile/*')
  tile(@Req() { url }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    const path = url.slice(TLOG_PATH.length + 1).split('?')[0]!;
    const tile = tileAt(path);
    const bytes = tile && kept(this.log).tile(tile);
    if (!bytes) throw new NotFound(`There is no ${path}`);
    // Partial ones go when they are full.
    const age = tile.width === TILE_WIDTH ? 'max-age=31536000, immutable' : 'max-age=60';
    void reply.headers({ 'Content-Type': 'application/octet-stream', 'Cache-Control': `public, ${age}` });
    return bytes;
  }
}

/** What the log says of the ledger, with proofs. */
@Controller(LOG_PATH)
export class LogController {
  constructor(
    @Optional() @Inject(TransparencyLog) private readonly log: TransparencyLog | undefined,
    @Inject(API_SETTINGS) private readonly settings: Settings,
  ) {}

  /** How far the ledger is sealed, by which keys; what comes after is not, yet. */
  @Get()
  status(): LogAnswer {
    const { status } = kept(this.log);
    const witnesses = status.witnesses.map(({ signed, ...witness }) => ({ ...witness, signed: String(signed) }));
    return { ...status, sealed: String(status.sealed), witnesses };
  }

  /** The bytes that an event's leaf was made of. */
  @Get('entries/:position')
  async entry(@Param('position') position: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const { log, index } = await this.#sealed(position);
    void reply.type('application/json');
    return log.entry(index);
  }

  /** The same as JSON, or where it is asked for as https://c2sp.org/tlog-proof. */
  @Get('entries/:position/proof')
  @Header('Vary', 'Accept')
  async inclusion(
    @Param('position') position: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InclusionAnswer | string> {
    const { log, index } = await this.#sealed(position);
    const { hashes, checkpoint } = await log.inclusion(index);
    if (accept?.startsWith(TLOG_PROOF)) {
      void reply.type(`${TLOG_PROOF}; charset=utf-8`);
      return formatProof({ index, hashes, checkpoint: checkpoint.text });
    }
    return {
      position: String(index + 1),
      index,
      leafHash: leafHash(log.entry(index)).toString('base64'),
      hashes: inBase64(hashes),
      checkpoint: checkpoint.text,
    };
  }

  @Get('consistency')
  async consistency(@Query() query: unknown): Promise<ConsistencyAnswer> {
    const params = readParams(ConsistencyParams, query);
    const log = kept(this.log);
    const [first, second] = [Number(params.first), Number(params.second ?? log.status.sealed)];
    const message = `must not be beyond ${params.second === undefined ? 'what is sealed' : '`second`'}, ${second}`;
    if (first > second) throw new InvalidParams([{ pointer: '/first', rule: 'order', message }]);
    return { first, second, hashes: inBase64(await log.consistency(first, second)) };
  }

  /** Waits for what was recorded just now. */
  async #sealed(position: string): Promise<{ readonly log: TransparencyLog; readonly index: number }> {
    const log = kept(this.log);
    const at = isPositionText(position) ? Number(position) : 0;
    if (at === 0) throw new NotFound(`There is no position ${position}`);
    if (!(await log.sealedUpTo(at, this.settings.maxWaitMs))) {
      throw new NotSealed(`The ledger is sealed up to position ${log.status.sealed}, and not up to ${at}`);
    }
    return { log, index: at - 1 };
  }
}
