import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** In seconds: from a hit in memory to a wait for a view. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** One value of a gauge, by its labels. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** What an error is called in a label. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** What a cache counts. */
export interface Lookups {
  readonly hits: number;
  readonly misses: number;
}

/** What a ledger tells Prometheus of itself. Each ledger has its own: a process may have several. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];

  readonly commands = new Histogram({
    name: 'mithaq_command_duration_seconds',
    help: 'From a command to its answer, by type and by what became of it',
    labelNames: ['type', 'result'] as const,
    buckets: BUCKETS,
    registers: this.#registers,
  });

  readonly appends = new Histogram({
    name: 'mithaq_append_duration_seconds',
    help: 'From an append to the event store to its answer, by what became of it',
    labelNames: ['result'] as const,
    buckets: BUCKETS,
    registers: this.#registers,
  });

  readonly requests = new Histogram({
    name: 'mithaq_http_request_duration_seconds',
    help: 'From a request to the end of its answer, by route; feeds, which do not end, are not among them',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers: this.#registers,
  });

  readonly #caches = new Map<string, Lookups>();

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    const caches = this.#caches;
    const lookups: Counter = new Counter({
      name: 'mithaq_cache_lookups_total',
      help: 'Looks into what is kept in memory, by what came of them',
      labelNames: ['cache', 'result'] as const,
      registers: this.#registers,
      collect() {
        lookups.reset();
        for (const [cache, { hits, misses }] of caches) {
          lookups.inc({ cache, result: 'hit' }, hits);
          lookups.inc({ cache, result: 'miss' }, misses);
        }
      },
    });
  }

  /** A gauge whose values are looked up when somebody asks. */
  gauge(
    name: string,
    help: string,
    labels: readonly string[],
    look: () => Iterable<Sample> | Promise<Iterable<Sample>>,
  ) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: labels,
      registers: this.#registers,
      async collect() {
        const samples = await look();
        gauge.reset();
        for (const [of, value] of samples) gauge.set(of, value);
      },
    });
  }

  /** Looks at what a cache counts, when somebody asks. */
  lookups(cache: string, counted: Lookups): void {
    this.#caches.set(cache, counted);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All of it, in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
