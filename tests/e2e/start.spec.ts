import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { EXIT } from '../../src/cli/exit-codes.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { AddressUnavailable } from '../../src/event-store/endpoint/listen.js';
import { StoreUnavailable } from '../../src/event-store/event-store.js';
import { openLedger } from '../../src/cli/ledger.js';
import { createServer, listen } from '../../src/server.js';
import type { Settings } from '../../src/settings.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { freePort, settingsIn, temporaryDirectory } from '../support/server.js';

// Processes are started, which may take long where others are at work.
jest.setTimeout(180_000);

let directory: string;
let taken: Server;
let port: number;
/** Takes connections, and says nothing. */
let silent: TcpProxy;

beforeEach(async () => {
  directory = await temporaryDirectory();
  port = await freePort();
  taken = createTcpServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  silent = await TcpProxy.start(port);
  silent.hang('silent');
});
afterEach(async () => {
  await silent.close();
  taken.close();
  await once(taken, 'close');
  rmSync(directory, { recursive: true });
});

/** Fails where the ledger is still locked. */
async function expectFree(): Promise<void> {
  const store = await EmbeddedEventStore.open(join(directory, 'ledger.db'));
  await store.close();
}

/** A folder in the place of the views’ file, so that they can't be opened. */
function spoilViews(): void {
  mkdirSync(join(directory, 'views.db'));
}

describe('a start that fails leaves nothing open', () => {
  const endpointTaken = (): Settings => settingsIn(directory, { esdbListen: { host: '127.0.0.1', port } });

  test('where the endpoint’s address is taken', async () => {
    await expect(createServer(endpointTaken(), { log: false })).rejects.toBeInstanceOf(AddressUnavailable);
    await expectFree();
  });

  test('where the read models can’t be opened', async () => {
    spoilViews();
    await expect(createServer(settingsIn(directory), { log: false })).rejects.toThrow(/views\.db/);
    await expectFree();
    await expect(openLedger(settingsIn(directory))).rejects.toThrow(/views\.db/);
    await expectFree();
  });

  test('where the server’s address is taken', async () => {
    const settings = settingsIn(directory, { port });
    const app = await createServer(settings, { log: false });
    await expect(listen(app, settings)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expectFree();
  });

  test('where EventStoreDB does not answer, at once or never', async () => {
    for (const at of [await freePort(), silent.port]) {
      const settings = settingsIn(directory, { store: `esdb://127.0.0.1:${at}?tls=false&defaultDeadline=500` });
      await expect(createServer(settings, { log: false })).rejects.toBeInstanceOf(StoreUnavailable);
    }
  });
});

describe('mithaq serve', () => {
  /** The command line in a process of its own: what it says, and that it ends. */
  async function serve(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, ['dist/src/cli/main.js', 'serve'], {
      env: { PATH: process.env['PATH'], MITHAQ_PORT: '0', MITHAQ_VIEWS: join(directory, 'views.db'), ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  }
  const file = () => ({ MITHAQ_STORE: join(directory, 'ledger.db') });

  test('says that EventStoreDB does not answer, at once or never, not the password, and ends', async () => {
    for (const [at, why] of [
      [await freePort(), 'ECONNREFUSED'],
      [silent.port, 'no answer in time'],
    ]) {
      const MITHAQ_STORE = `esdb://admin:secret@127.0.0.1:${at}?tls=false&defaultDeadline=500`;
      const { code, said } = await serve({ MITHAQ_STORE });
      expect(code).toBe(EXIT.unavailable);
      expect(said).toMatch(new RegExp(`^The event store does not answer: .*${why}.*\n$`));
      expect(said).not.toContain('secret');
    }
  });

  test.each(['esdb://admin:secret@', 'esdb+discover://admin:secret@a,b'])(
    'refuses %s, without the password',
    async (at) => {
      const { code, said } = await serve({ MITHAQ_STORE: at });
      expect(code).toBe(EXIT.usage);
      expect(said).toMatch(/^[^\n]*esdb:\/\/[^\n]*\n$/);
      expect(said).not.toContain('secret');
    },
  );

  test.each([
    ['MITHAQ_PORT', () => ({ MITHAQ_PORT: String(port) })],
    ['MITHAQ_ESDB_LISTEN', () => ({ MITHAQ_ESDB_LISTEN: `127.0.0.1:${port}` })],
  ])('says that the address of %s is taken, and ends', async (name, env) => {
    const { code, said } = await serve({ ...file(), ...env() });
    expect(code).toBe(EXIT.unavailable);
    expect(said).toContain('EADDRINUSE');
    expect(said).toContain(name);
  });
});
