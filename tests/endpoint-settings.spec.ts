import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventStoreDBClient } from '@eventstore/db-client';
import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidSettings, loadSettings } from '../src/settings.js';
import { localhostCertificate, localhostKey } from './support/localhost-certificate.js';
import { freePort, serveLedger, temporaryDirectory } from './support/server.js';

let directory: string;
const path: Record<'cert' | 'key' | 'otherKey' | 'users' | 'garbage', string> = {} as never;

beforeAll(async () => {
  directory = await temporaryDirectory();
  const file = (name: string, text: string | Buffer) => {
    const at = join(directory, name);
    writeFileSync(at, text);
    return at;
  };
  path.cert = file('cert.pem', localhostCertificate);
  path.key = file('key.pem', localhostKey);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  path.otherKey = file('other-key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
  path.users = file('users', 'reader:p:w\r\n\nwriter:secret\n');
  path.garbage = file('garbage', 'secret without a colon\n');
});
afterAll(() => rmSync(directory, { recursive: true }));

const withTls = () => ({ MITHAQ_ESDB_TLS_CERT: path.cert, MITHAQ_ESDB_TLS_KEY: path.key });
const secured = () => ({ ...withTls(), MITHAQ_ESDB_USERS: path.users });

describe('the settings of the endpoint', () => {
  test('read certificate, key and users', () => {
    expect(loadSettings(secured())).toMatchObject({
      esdbTlsCert: localhostCertificate,
      esdbTlsKey: localhostKey,
      esdbUsers: [
        { username: 'reader', password: 'p:w' },
        { username: 'writer', password: 'secret' },
      ],
    });
    expect(loadSettings({})).toMatchObject({ esdbListen: null, esdbTlsCert: null, esdbTlsKey: null, esdbUsers: null });
  });

  test.each<[string, () => Record<string, string>, RegExp]>([
    ['a certificate alone', () => ({ MITHAQ_ESDB_TLS_CERT: path.cert }), /MITHAQ_ESDB_TLS_KEY go together/],
    ['a key alone', () => ({ MITHAQ_ESDB_TLS_KEY: path.key }), /MITHAQ_ESDB_TLS_KEY go together/],
    [
      'the key of another certificate',
      () => ({ MITHAQ_ESDB_TLS_CERT: path.cert, MITHAQ_ESDB_TLS_KEY: path.otherKey }),
      /MITHAQ_ESDB_TLS_KEY is not the key/,
    ],
    ['no certificate', () => ({ ...withTls(), MITHAQ_ESDB_TLS_CERT: path.key }), /_CERT \S+key.pem must hold a cert/],
    ['no key', () => ({ ...withTls(), MITHAQ_ESDB_TLS_KEY: path.cert }), /_KEY \S+cert.pem must hold a private key/],
    ['a file that is not there', () => ({ MITHAQ_ESDB_USERS: join(directory, 'none') }), /MITHAQ_ESDB_USERS ENOENT/],
    ['no users', () => ({ MITHAQ_ESDB_USERS: path.garbage }), /MITHAQ_ESDB_USERS \S+garbage must hold users/],
  ])('refuse %s', (_name, env, reason) => {
    expect(() => loadSettings(env())).toThrow(InvalidSettings);
    expect(() => loadSettings(env())).toThrow(reason);
  });

  test('never tell what is in a file', () => {
    const env = { MITHAQ_ESDB_USERS: path.garbage, MITHAQ_ESDB_TLS_KEY: path.garbage };
    expect(() => loadSettings(env)).toThrow(/^(?![^]*secret)/);
  });

  describe.each(['0.0.0.0', '[::]', 'ledger.example', '10.0.0.1'])('at %s', (host) => {
    const MITHAQ_ESDB_LISTEN = `${host}:2113`;

    test.each<[string, () => Record<string, string>]>([
      ['nothing', () => ({})],
      ['TLS alone', () => withTls()],
      ['users alone', () => ({ MITHAQ_ESDB_USERS: path.users })],
    ])('need more than %s', (_name, env) => {
      expect(() => loadSettings({ ...env(), MITHAQ_ESDB_LISTEN })).toThrow(/is open to others: it needs/);
    });

    test('are sound with TLS and users, or where it is to be insecure', () => {
      loadSettings({ ...secured(), MITHAQ_ESDB_LISTEN });
      loadSettings({ MITHAQ_ESDB_INSECURE: 'on', MITHAQ_ESDB_LISTEN });
    });
  });

  test.each(['127.0.0.1', '127.1.2.3', '[::1]', 'localhost'])('need nothing at %s', (host) => {
    loadSettings({ MITHAQ_ESDB_LISTEN: `${host}:2113` });
  });

  test('are what a ledger serves with', async () => {
    const port = await freePort();
    const env = { ...secured(), MITHAQ_ESDB_LISTEN: `127.0.0.1:${port}` };
    const { esdbListen, esdbTlsCert, esdbTlsKey, esdbUsers } = loadSettings(env);
    const served = await serveLedger({ settings: { esdbListen, esdbTlsCert, esdbTlsKey, esdbUsers } });
    const reading = async (user: string) => {
      const uri = `esdb://${user}localhost:${port}?tls=true&tlsCAFile=${path.cert}`;
      const client = EventStoreDBClient.connectionString(uri);
      try {
        const found: string[] = [];
        for await (const { event } of client.readAll()) found.push(event?.type ?? 'nothing');
        return found;
      } finally {
        await client.dispose();
      }
    };
    try {
      expect(await reading('reader:p%3Aw@')).toEqual([]);
      await expect(reading('')).rejects.toMatchObject({ type: 'access-denied' });
    } finally {
      await served.close();
    }
  });
});
