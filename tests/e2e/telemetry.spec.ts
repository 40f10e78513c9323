import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import type { LedgerEvent } from '../../src/domain/event.js';
import { filesIn, startLedger, stopLedger } from '../support/child-ledger.js';
import { agreementData, sourceData } from '../support/facts.js';
import { FeedReader } from '../support/feed.js';
import { nextCommand, LOADERS, prepare } from '../support/load.js';
import { otlpCollector } from '../support/otlp-collector.js';
import { type ServedLedger, serveLedger, temporaryDirectory } from '../support/server.js';

describe('/metrics', () => {
  let ledger: ServedLedger;
  beforeEach(async () => {
    ledger = await serveLedger();
  });
  afterEach(() => ledger.close());

  /** The values of a metric by its labels as they are written. */
  async function values(metric: string): Promise<Record<string, string>> {
    const { body, headers } = await ledger.client.get<string>('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = body.split('\n').filter((line) => line.startsWith(metric) && /^[{ ]/.test(line.slice(metric.length)));
    return Object.fromEntries(lines.map((line) => line.slice(metric.length).split(' ') as [string, string]));
  }
  const counts = async (metric: string) =>
    Object.fromEntries(Object.entries(await values(`${metric}_count`)).map(([labels, n]) => [labels, Number(n)]));

  test('counts commands by what became of them, and appends', async () => {
    const { client } = ledger;
    await client.given('RegisterSource', sourceData(), 'one');
    await client.given('RegisterSource', sourceData(), 'one');
    await client.post('RegisterSource', sourceData({ title: { en: 'Another' } }), { 'idempotency-key': 'one' });
    await client.post('RegisterSource', {});
    await client.post(
      'DraftAgreement?dryRun=true',
      agreementData({ evidence: [{ sourceId: 'u', locator: '1', standing: 'claimed' }] }),
    );
    expect(await counts('mithaq_command_duration_seconds')).toEqual({
      '{type="RegisterSource",result="recorded"}': 1,
      '{type="RegisterSource",result="repeated"}': 1,
      '{type="RegisterSource",result="CommandIdReused"}': 1,
      '{type="RegisterSource",result="malformed"}': 1,
      '{type="DraftAgreement",result="decided"}': 1,
    });
    expect(await counts('mithaq_append_duration_seconds')).toEqual({ '{result="written"}': 1 });
    expect(await counts('mithaq_http_request_duration_seconds')).toMatchObject({
      '{method="POST",route="/v1/commands/:name",status="201"}': 2,
      '{method="POST",route="/v1/commands/:name",status="422"}': 1,
      '{method="POST",route="/v1/commands/:name",status="400"}': 1,
      '{method="POST",route="/v1/commands/:name",status="200"}': 1,
    });
  });

  test('tells of the views, of feeds and of caches', async () => {
    const { client } = ledger;
    await client.given('RegisterSource', sourceData(), 'one');
    await client.read('/v1/sources/u');
    const all = (value: string) => ({
      '{projection="history"}': value,
      '{projection="relationships"}': value,
      '{projection="search"}': value,
      '{projection="worklists"}': value,
    });
    expect(await values('mithaq_projection_lag_events')).toEqual(all('0'));
    expect(await values('mithaq_projection_lag_seconds')).toEqual(all('0'));
    expect(await values('mithaq_projection_position')).toEqual(all('1'));
    expect(await values('mithaq_projection_stopped')).toEqual(all('0'));
    expect(await values('mithaq_feed_clients')).toEqual({ '': '0' });
    const feed = await FeedReader.open(client.url);
    expect(await values('mithaq_feed_clients')).toEqual({ '': '1' });
    feed.close();
    expect(Number((await values('mithaq_cache_lookups_total'))['{cache="streams",result="miss"}'])).toBeGreaterThan(0);
  });

  test('has all that the dashboard shows', async () => {
    const dashboard = await readFile('docs/grafana-dashboard.json', 'utf8');
    const { panels } = JSON.parse(dashboard) as { panels: { targets?: { expr: string }[] }[] };
    const shown = panels.flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(mithaq|process|nodejs)_\w+/g) ?? []),
    );
    expect(shown.length).toBeGreaterThan(10);
    await ledger.close();
    ledger = await serveLedger({ settings: { tlog: 'beside' } });
    await ledger.client.given('RegisterSource', sourceData());
    const { body } = await ledger.client.get<string>('/metrics');
    const told = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(
      shown.map((name) => name.replace(/_(bucket|count|sum)$/, '')).filter((name) => !told.includes(name)),
    ).toEqual([]);
  });
});

describe('a server in a process of its own', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await temporaryDirectory();
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('sends a trace from the request through the append to the views, and keeps it with the event', async () => {
    const collector = await otlpCollector();
    const server = await startLedger({ ...filesIn(directory), OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    try {
      const { body } = await server.client.post('RegisterSource', sourceData(), { traceparent });
      const { events } = await server.client.read<{ events: LedgerEvent[] }>(`/v1/streams/${body.stream}`);
      expect(events[0]!.metadata.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
      await stopLedger(server, 'SIGTERM');
      const mine = collector.spans.filter((span) => span.traceId === traceId);
      const called = (name: string) => mine.find((span) => span.name === name);
      const parents = (name: string) => mine.find(({ spanId }) => spanId === called(name)?.parentSpanId)?.name;
      expect(called('POST /v1/commands/:name')?.parentSpanId).toBe('b7ad6b7169203331');
      expect(parents('command RegisterSource')).toBe('POST /v1/commands/:name');
      expect(parents('append')).toBe('command RegisterSource');
      expect(parents('project SourceRegistered')).toBe('command RegisterSource');
      expect(events[0]!.metadata.traceparent).toContain(called('command RegisterSource')!.spanId);
    } finally {
      await stopLedger(server, 'SIGKILL');
      await collector.close();
    }
  });

  test('without a collector keeps no trace', async () => {
    const server = await startLedger(filesIn(directory));
    try {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const { body } = await server.client.post('RegisterSource', sourceData(), { traceparent });
      const { events } = await server.client.read<{ events: LedgerEvent[] }>(`/v1/streams/${body.stream}`);
      expect(events[0]!.metadata).not.toHaveProperty('traceparent');
    } finally {
      await stopLedger(server, 'SIGTERM');
    }
  });

  test('logs a command as a line of JSON, with its correlation id', async () => {
    const server = await startLedger({ ...filesIn(directory), MITHAQ_LOG: 'json' });
    const chunks: string[] = [];
    server.process.stdout!.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    await server.client.post('RegisterSource', sourceData(), {
      'x-correlation-id': 'the-piece-of-work',
      'idempotency-key': 'k',
    });
    await server.client.post('RegisterSource', {}, { 'x-correlation-id': 'another' });
    await stopLedger(server, 'SIGTERM');
    const lines = chunks
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const told = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ context }) => context === 'Commands');
    expect(told).toMatchObject([
      {
        level: 'log',
        type: 'RegisterSource',
        result: 'recorded',
        correlationId: 'the-piece-of-work',
        commandId: 'k',
        stream: 'source-u',
      },
      { type: 'RegisterSource', result: 'malformed', correlationId: 'another' },
    ]);
  });

  test('asked to end in a load, answers what it accepted, and ends well', async () => {
    const server = await startLedger(filesIn(directory));
    await prepare(server.client);
    const answered = new Set<string>();
    const exited = once(server.process, 'exit');
    const loader = async (name: number) => {
      for (let n = 0; ; n += 1) {
        const { key, command, data } = nextCommand(0, name, n);
        const answer = await server.client.post(command, data, { 'idempotency-key': key }).catch(() => undefined);
        // What comes after is refused: not recorded, and it says so.
        if (!answer || answer.status === 503) return;
        expect(answer.status).toBe(201);
        answered.add(key);
        if (answered.size === 50) server.process.kill('SIGTERM');
      }
    };
    await Promise.all(Array.from({ length: LOADERS }, (_, name) => loader(name)));
    expect(await exited).toEqual([0, null]);

    const again = await startLedger(filesIn(directory));
    const recorded = (await again.client.events()).map(({ metadata }) => metadata.commandId);
    await stopLedger(again, 'SIGTERM');
    expect(recorded.filter((id) => id.startsWith('round-')).sort()).toEqual([...answered].sort());
  });
});
