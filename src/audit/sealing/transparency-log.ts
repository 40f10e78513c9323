import { type KeyObject, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type EventStore, StoreUnavailable } from '../../event-store/event-store.js';
import { lockExclusively } from '../../event-store/embedded/sqlite.js';
import { parseSignedCheckpoint, type SignedCheckpoint } from '../log/checkpoint.js';
import { entriesIn } from '../log/entry-bundle.js';
import { consistencyProof, type Hash, inclusionProof, type ReadNode } from '../log/merkle.js';
import { formatVkey } from '../log/signed-note.js';
import { nodesOf, type Tile, tileWith, TILE_WIDTH } from '../log/tile.js';
import type { BuilderData, FromBuilder, ToBuilder } from './builder-messages.js';
import { CheckpointHistory } from './checkpoint-history.js';
import type { Growth } from './log-builder.js';
import { LogFiles } from './log-files.js';
import { type Published, publishedIn, Publisher } from './publisher.js';
import { keyFile, Signer } from './signing-keys.js';
import { type WitnessAddress, Witnesses, type WitnessStatus } from './witnesses.js';

export interface TransparencyLogOptions {
  /** Of the event store. */
  readonly location: string;
  /** Of the log's files; its lock, its key and what it remembers are beside it. */
  readonly directory: string;
  /** The log's name in its checkpoints; null: as it was before, or one that is made. */
  readonly origin: string | null;
  /** Null: a key that is made and kept in a file beside the log. */
  readonly keys: readonly KeyObject[] | null;
  /** Who is asked to sign each checkpoint too. */
  readonly witnesses: readonly WitnessAddress[];
  /** One that did not sign is asked again after so long, in milliseconds; tests bring their own. */
  readonly witnessRetryMs?: number;
  readonly log: { warn(message: string): void; log(message: string): void };
}

export interface LogStatus {
  /** `sealing`: here; `following`: another instance signs; `standing`: nothing is sealed, see the reason. */
  readonly state: 'sealing' | 'following' | 'standing';
  readonly reason: string | null;
  readonly origin: string | null;
  /** The ledger's position up to which it is sealed; what comes after is not, yet. */
  readonly sealed: number;
  /** The root's hash there, in Base 64. */
  readonly root: string | null;
  /** vkeys; each signs. */
  readonly keys: readonly string[];
  readonly witnesses: readonly WitnessStatus[];
}

/** The files are another log's, or another ledger in this process or another has them. */
export class LogLocked extends Error {
  override readonly name = 'LogLocked';
}

/** The log can't show it: nothing is sealed so far, or the size is beyond what is. */
export class NotSealed extends Error {
  override readonly name = 'NotSealed';
}

/**
 * Until it is tried again, in milliseconds, after it could not go on: twice as long each time, for it may read the whole
 * ledger to find that it can't.
 */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 600_000;
/** Until it is looked again what others signed, in milliseconds. */
const FOLLOW_MS = 500;

/** The ledger's transparency log: sealed by itself in the background, and asked for proofs. */
export class TransparencyLog {
  readonly #files: LogFiles;
  readonly #publisher: Publisher;
  #reason: string | null = null;
  #worker: Worker | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #closed = false;
  #retryMs = FIRST_RETRY_MS;
  #rebuild: NodeJS.Timeout | undefined;
  /** The tree as it has grown last, and when it is published again, as far as it could not be. */
  #growth: Growth | undefined;
  #again: NodeJS.Timeout | undefined;
  readonly #looks = new Set<() => void>();
  /** One thing after the other. */
  #work: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: TransparencyLogOptions,
    private readonly signer: Signer | undefined,
    private readonly witnesses: Witnesses,
    files: LogFiles,
    publisher: Publisher,
    private readonly release: () => void,
  ) {
    this.#files = files;
    this.#publisher = publisher;
  }

  /**
   * Takes the log's files and begins to seal.
   * @throws LogLocked; Error where its key can't be read; StoreUnavailable
   */
  static async start(store: EventStore, options: TransparencyLogOptions): Promise<TransparencyLog> {
    const { directory } = options;
    mkdirSync(directory, { recursive: true });
    const files = new LogFiles(directory);
    const release = lockExclusively(`${directory}.lock`);
    if (!release) throw new LogLocked(`The log in ${directory} is open elsewhere: each ledger needs its own`);
    try {
      const history = new CheckpointHistory(store);
      const before = publishedIn(files);
      const signer = await signerOf(history, before, options);
      const told = options.keys !== null;
      const witnesses = new Witnesses(options.witnesses, options.witnessRetryMs);
      const publisher = new Publisher(files, history, { signer, told, shared: store.shared, witnesses }, before);
      const log = new TransparencyLog(options, signer, witnesses, files, publisher, release);
      log.#build();
      return log;
    } catch (error) {
      release();
      throw error;
    }
  }

  get status(): LogStatus {
    const { checkpoint, published } = this.#publisher;
    return {
      state: this.#reason !== null ? 'standing' : this.#publisher.follows ? 'following' : 'sealing',
      reason: this.#reason,
      origin: checkpoint?.origin ?? this.signer?.origin ?? null,
      sealed: checkpoint?.size ?? 0,
      root: checkpoint?.root.toString('base64') ?? null,
      keys: published?.keys ?? this.signer?.keys.map(formatVkey) ?? [],
      witnesses: this.witnesses.status,
    };
  }

  /** What was sealed last; undefined before the first. */
  get checkpoint(): SignedCheckpoint | undefined {
    return this.#publisher.checkpoint;
  }

  /** Resolves to whether it is sealed up to a position, once it is, or nothing is sealed, or `timeoutMs` have passed. */
  sealedUpTo(position: number, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false), timeoutMs);
      const done = (is: boolean) => {
        clearTimeout(timer);
        this.#looks.delete(look);
        resolve(is);
      };
      const look = () => {
        if (this.status.sealed >= position) done(true);
        else if (this.#reason !== null) done(false);
      };
      this.#looks.add(look);
      look();
    });
  }

  /** The bytes of a tile; undefined where no checkpoint so far needs it. */
  tile(tile: Tile): Buffer | undefined {
    const { size } = this.checkpoint ?? { size: 0 };
    const whole = tileWith(tile.level, tile.index * TILE_WIDTH, size);
    return tile.width <= whole.width ? this.#files.find(tile) : undefined;
  }

  /** An entry that is sealed, as its leaf was made of it. @param index from 0. @throws NotSealed */
  entry(index: number): Buffer {
    const { size } = this.#sealed(index + 1);
    return entriesIn(this.#files.read(tileWith('entries', index, size)))[index % TILE_WIDTH]!;
  }

  /** @throws NotSealed */
  inclusion(index: number): Promise<{ readonly hashes: Hash[]; readonly checkpoint: SignedCheckpoint }> {
    const checkpoint = this.#sealed(index + 1);
    return inclusionProof(this.#nodes(), index, checkpoint.size).then((hashes) => ({ hashes, checkpoint }));
  }

  /** @throws NotSealed; RangeError unless `0 <= from <= to` */
  consistency(from: number, to: number): Promise<Hash[]> {
    this.#sealed(to);
    return consistencyProof(this.#nodes(), from, to);
  }

  /** Seals what was recorded, where it can, and lets the files go. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#rebuild);
    clearTimeout(this.#again);
    this.#say('close');
    await this.#ended;
    await this.#work;
    this.release();
  }

  #sealed(size: number): SignedCheckpoint {
    const { checkpoint } = this;
    if (!checkpoint || size > checkpoint.size) {
      throw new NotSealed(`The ledger is sealed up to position ${checkpoint?.size ?? 0}, and not up to ${size}`);
    }
    return checkpoint;
  }

  #nodes(): ReadNode {
    return nodesOf(this.checkpoint!.size, (tile) => this.#files.read(tile));
  }

  #say(message: ToBuilder): void {
    this.#worker?.postMessage(message);
  }

  #build(): void {
    const { location, directory } = this.options;
    const workerData: BuilderData = { location, directory, sealed: this.#publisher.published?.growth };
    const worker = new Worker(new URL('./builder.worker.js', import.meta.url), { workerData });
    this.#worker = worker;
    this.#ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.on('message', (message: FromBuilder) => {
      if (message.kind === 'failed') this.#stand(message.error);
      else void this.#publish(message.growth).finally(() => this.#say('dealt-with'));
    });
    worker.on('error', (error) => this.#stand(error));
    void this.#ended.then(() => {
      if (this.#closed) return;
      this.#rebuild = setTimeout(() => this.#build(), this.#retryMs).unref();
      this.#retryMs = Math.min(LAST_RETRY_MS, 2 * this.#retryMs);
    });
  }

  /** Publishes the tree as it has grown last, as far as that can be, and looks again at what could not. */
  #publish(growth = this.#growth!): Promise<void> {
    this.#growth = growth;
    clearTimeout(this.#again);
    this.#work = this.#work.then(async () => {
      const { size } = this.#growth!;
      try {
        await this.#publisher.grown(this.#growth!);
        this.#reason = null;
        this.#retryMs = FIRST_RETRY_MS;
        for (const look of [...this.#looks]) look();
      } catch (error) {
        this.#stand(error);
      }
      // What others are to sign, or what could not be published, is looked at again.
      clearTimeout(this.#again);
      const isOut = (this.checkpoint?.size ?? -1) >= size;
      if (this.#closed || (isOut && this.#publisher.isWitnessed)) return;
      const wait = isOut ? this.witnesses.retryMs : FOLLOW_MS;
      this.#again = setTimeout(() => void this.#publish(), wait).unref();
    });
    return this.#work;
  }

  #stand(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#closed || reason === this.#reason) return;
    this.#reason = reason;
    for (const look of [...this.#looks]) look();
    const quiet = error instanceof StoreUnavailable;
    if (!quiet) this.options.log.warn(`Nothing is sealed: ${reason}`);
  }
}

/** Who signs here: nobody, where another instance has begun to and no key is given. */
async function signerOf(
  history: CheckpointHistory,
  published: Published | undefined,
  { directory, origin, keys, log }: TransparencyLogOptions,
): Promise<Signer | undefined> {
  const last = (await history.last()) ?? (published && parseSignedCheckpoint(published.checkpoint));
  const path = `${directory}.key.pem`;
  if (last && !keys && !existsSync(path)) return undefined;
  const file = keys ? { keys, made: false } : keyFile(path);
  const signer = new Signer(origin ?? last?.origin ?? `${randomUUID()}.mithaq.invalid`, file.keys);
  if (file.made)
    log.log(`The log is signed by a new key, kept in ${path}. Its public half: ${signer.keys.map(formatVkey).join()}`);
  return signer;
}
