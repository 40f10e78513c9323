import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { CONSOLE_FILES, CONSOLE_PATHS, serveConsole } from '../../src/api/console.js';
import { serveLedger, type ServedLedger } from '../support/server.js';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let ledger: ServedLedger;
beforeAll(async () => {
  ledger = await serveLedger();
});
afterAll(() => ledger.close());

describe('the console is served', () => {
  test.each(CONSOLE_PATHS.map((path) => path.replace(/:\w+/, 'MAR-PAK')))('at %s', async (path) => {
    const { status, headers, body } = await ledger.client.get<string>(path, HTML);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('public, max-age=0');
    expect(body).toContain('<div id="console">');
  });

  test('under a policy that lets in nothing from elsewhere', async () => {
    const { headers } = await ledger.client.get('/', HTML);
    const policy = headers.get('content-security-policy')!;
    expect(policy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'"]));
    expect(policy).not.toMatch(/unsafe|https?:|data:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('with files that are kept for ever, and come small to those who can unpack them', async () => {
    const { body: page } = await ledger.client.get<string>('/', HTML);
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(page)!;
    const packed = await ledger.client.get(script!, { 'accept-encoding': 'gzip' });
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('x-content-type-options')).toBe('nosniff');
    const plain = await ledger.client.get(script!, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.body).toEqual(packed.body);
  });

  test.each([
    ['/relationships/MAR-PAK', 'application/json'],
    ['/', 'application/json'],
    ['/nothing', 'text/html'],
    ['/v1/nothing', 'text/html'],
    ['/assets/nothing.js', '*/*'],
  ])('and not at %s to who accepts %s', async (path, accept) => {
    const { status, headers } = await ledger.client.get(path, { accept });
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });

  test('and no file but those of the console', async () => {
    const { status } = await ledger.client.get('/assets/..%2f..%2fsrc%2fserver.js');
    expect(status).toBe(400);
  });

  test('and the API’s own pages are what they were', async () => {
    const { status, body, headers } = await ledger.client.get<string>('/docs', HTML);
    expect([status, headers.get('content-security-policy')]).toEqual([200, null]);
    expect(body).toContain('Swagger UI');
  });

  test('unless it was never built: then that is said', async () => {
    const server = fastify();
    serveConsole(server, '/nowhere/');
    const answer = await server.inject({ url: '/relationships/MAR-PAK', headers: HTML });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(answer.body).toContain('npm run build');
    await server.close();
  });
});

describe('the console is small', () => {
  const KB = 1000;
  const packedSize = (name: string) => gzipSync(readFileSync(`${CONSOLE_FILES}assets/${name}`), { level: 9 }).length;
  const assets = readdirSync(`${CONSOLE_FILES}assets`);
  const page = readFileSync(`${CONSOLE_FILES}index.html`, 'utf8');
  const named = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, name]) => name!);
  const sum = (names: readonly string[]) => names.reduce((size, name) => size + packedSize(name), 0);

  test('in what its first page loads, by gzip', () => {
    const scripts = named(/\/assets\/([^"]+\.js)"/g);
    const locales = assets.filter((name) => /^(ar|en|fr)-[^.]+\.js$/.test(name));
    expect(locales).toHaveLength(3);
    const largest = Math.max(...locales.map(packedSize));
    const script = sum(scripts) + largest;
    const style = sum(named(/\/assets\/([^"]+\.css)"/g));
    process.stdout.write(`console: first load ${script} B of JavaScript, ${style} B of CSS (gzip)\n`);
    expect(script).toBeLessThanOrEqual(180 * KB);
    expect(style).toBeLessThanOrEqual(20 * KB);
  });
});
