import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { isKeyName } from './audit/log/signed-note.js';
import { readSigningKeys } from './audit/sealing/signing-keys.js';
import { parseWitnesses, type WitnessAddress } from './audit/sealing/witnesses.js';
import { isConnectionString } from './event-store/location.js';
import {
  certificate,
  endpointFaults,
  type EndpointSettings,
  listenAddress,
  privateKey,
  users,
} from './endpoint-settings.js';
import { LOG_FORMATS, type LogFormat } from './telemetry/logger.js';

/** Party code → language → name: how parties are to be shown. */
export type PartyNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Settings extends EndpointSettings {
  readonly host: string;
  readonly port: number;
  readonly store: string;
  readonly views: string;
  readonly dormantAfterMonths: number;
  readonly maxWaitMs: number;
  readonly log: LogFormat;
  readonly partyNames: PartyNames;
  /** Its folder, or `beside`; null: no transparency log is kept. */
  readonly tlog: string | null;
  readonly refusedDays: number;
  readonly tlogOrigin: string | null;
  readonly tlogKeys: readonly KeyObject[] | null;
  readonly tlogWitnesses: readonly WitnessAddress[];
}

interface Setting<K extends keyof Settings> {
  readonly key: K;
  /** The environment variable. */
  readonly name: string;
  /** As it would be written in the environment. */
  readonly default: string;
  readonly meaning: string;
  /** @throws Error that says what it must be */
  readonly read: (text: string) => Settings[K];
}

const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return value;
  };

const oneOf =
  <T extends string>(values: readonly T[]) =>
  (text: string): T => {
    const value = values.find((v) => v === text);
    if (value === undefined) throw new Error(`must be one of ${values.join(', ')}`);
    return value;
  };

const notEmpty = (text: string): string => {
  if (text.trim() === '') throw new Error('must not be empty');
  return text;
};

/** A path, or a connection string; its contents are the client's to judge. @throws Error that says what it must be */
export function storeLocation(text: string): string {
  const scheme = /^([a-z+]+):\/\//.exec(text)?.[1];
  if (scheme !== undefined && scheme !== 'esdb' && scheme !== 'esdb+discover') {
    throw new Error('must be a file or a connection string of EventStoreDB (esdb://… or esdb+discover://…)');
  }
  return notEmpty(text);
}

function onOrOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new Error('must be on or off');
  return text === 'on';
}

function logOrigin(text: string): string | null {
  if (text !== '' && !isKeyName(text)) throw new Error('must have no spaces and no +');
  return text === '' ? null : text;
}

/** @throws Error that says what it must be, and never what is in it */
const logKeys = (text: string): readonly KeyObject[] | null =>
  text === '' ? null : readSigningKeys(text.startsWith('-----BEGIN') ? text : readFileSync(text, 'utf8'));

const logWitnesses = (text: string): readonly WitnessAddress[] => (text === '' ? [] : parseWitnesses(text));

/** A path by the ledger's file, or with an EventStoreDB by the read models. */
function beside({ store, views }: Pick<Settings, 'store' | 'views'>, extension: string): string {
  const { dir, name } = parse(isConnectionString(store) ? views : store);
  return join(dir, `${name}.${extension}`);
}

/** Where the transparency log is; null where none is kept. */
export const logDirectory = (settings: Pick<Settings, 'tlog' | 'store' | 'views'>): string | null =>
  settings.tlog === 'beside' ? beside(settings, 'tlog') : settings.tlog;

/** Where the commands are kept that were refused. */
export const refusedPath = (settings: Pick<Settings, 'store' | 'views'>): string => beside(settings, 'refused.db');

function readPartyNames(path: string): PartyNames {
  if (path === '') return {};
  const names = JSON.parse(readFileSync(path, 'utf8')) as PartyNames;
  const sound =
    typeof names === 'object' &&
    names !== null &&
    Object.entries(names).every(
      ([code, by]) =>
        /^[A-Z]{3,8}$/.test(code) &&
        typeof by === 'object' &&
        Object.values(by).every((name) => typeof name === 'string'),
    );
  if (!sound) throw new Error(`${path} must hold an object like {"CZE": {"en": "Czech Republic"}}`);
  return names;
}

const setting = <K extends keyof Settings>(row: Setting<K>) => row as unknown as Setting<keyof Settings>;

/** Every setting there is, in one table; README.md shows the same. */
export const SETTINGS: readonly Setting<keyof Settings>[] = [
  setting({
    key: 'host',
    name: 'MITHAQ_HOST',
    default: '127.0.0.1',
    meaning: 'Address to listen on. There is no authentication yet: keep it on loopback.',
    read: notEmpty,
  }),
  setting({
    key: 'port',
    name: 'MITHAQ_PORT',
    default: '3000',
    meaning: 'Port; 0 takes a free one.',
    read: whole(0, 65535),
  }),
  setting({
    key: 'store',
    name: 'MITHAQ_STORE',
    default: 'data/ledger.db',
    meaning:
      'The ledger: the file of the embedded event store, made if it is not there, or an EventStoreDB, `esdb://host:2113`.',
    read: storeLocation,
  }),
  setting({
    key: 'views',
    name: 'MITHAQ_VIEWS',
    default: 'data/views.db',
    meaning: 'The read models. Derived: may be deleted while the ledger is closed, and is built anew.',
    read: notEmpty,
  }),
  setting({
    key: 'dormantAfterMonths',
    name: 'MITHAQ_DORMANT_MONTHS',
    default: '60',
    meaning: 'Months without activity after which a relationship is flagged dormant.',
    read: whole(1, 1200),
  }),
  setting({
    key: 'maxWaitMs',
    name: 'MITHAQ_MAX_WAIT_MS',
    default: '5000',
    meaning: 'Longest that a query waits for its view to reach `minPosition`, in milliseconds.',
    read: whole(0, 60_000),
  }),
  setting({
    key: 'log',
    name: 'MITHAQ_LOG',
    default: 'text',
    meaning: '`text`: warnings and errors, for people. `json`: an object a line, and a line for each command too.',
    read: oneOf(LOG_FORMATS),
  }),
  setting({
    key: 'partyNames',
    name: 'MITHAQ_PARTY_NAMES',
    default: '',
    meaning: 'A JSON file of names to show parties by, `{"CZE": {"en": "Czech Republic"}}`.',
    read: readPartyNames,
  }),
  setting({
    key: 'refusedDays',
    name: 'MITHAQ_REFUSED_DAYS',
    default: '90',
    meaning: 'How long refused commands are kept, in days, in a file of their own (`ledger.refused.db`); 0 keeps none.',
    read: whole(0, 36_500),
  }),
  setting({
    key: 'tlog',
    name: 'MITHAQ_TLOG',
    default: 'beside',
    meaning:
      'The folder of the transparency log. `beside`: by the ledger’s file, or with an EventStoreDB by the read models, ' +
      '`ledger.db` and `ledger.tlog`. `off`: none.',
    read: (text) => (text === 'off' ? null : notEmpty(text)),
  }),
  setting({
    key: 'tlogOrigin',
    name: 'MITHAQ_TLOG_ORIGIN',
    default: '',
    meaning:
      'The log’s name in what it signs, best the URL it is at, `example.com/ledger/tlog`. Can’t be changed later.',
    read: logOrigin,
  }),
  setting({
    key: 'tlogKeys',
    name: 'MITHAQ_TLOG_KEY',
    default: '',
    meaning:
      'Its private key of Ed25519 as PEM, or a file of it. Of several, all sign. Without one, one is made and kept.',
    read: logKeys,
  }),
  setting({
    key: 'tlogWitnesses',
    name: 'MITHAQ_TLOG_WITNESSES',
    default: '',
    meaning:
      'Who is asked to sign what the log signs: `VKEY URL`, several separated by commas. They speak C2SP’s tlog-witness.',
    read: logWitnesses,
  }),
  setting({
    key: 'esdbListen',
    name: 'MITHAQ_ESDB_LISTEN',
    default: '',
    meaning: 'Where `serve` speaks EventStoreDB’s gRPC for consumers of an embedded ledger, `127.0.0.1:2113`.',
    read: listenAddress,
  }),
  setting({
    key: 'esdbWrites',
    name: 'MITHAQ_ESDB_WRITES',
    default: 'off',
    meaning: 'Whether others may append there: what they append passes no decider. For tests and migration.',
    read: onOrOff,
  }),
  setting({
    key: 'esdbTlsCert',
    name: 'MITHAQ_ESDB_TLS_CERT',
    default: '',
    meaning: 'TLS there: a PEM file of the certificate, followed by those that lead to its authority.',
    read: certificate,
  }),
  setting({
    key: 'esdbTlsKey',
    name: 'MITHAQ_ESDB_TLS_KEY',
    default: '',
    meaning: 'A PEM file of the certificate’s private key, without a passphrase.',
    read: privateKey,
  }),
  setting({
    key: 'esdbUsers',
    name: 'MITHAQ_ESDB_USERS',
    default: '',
    meaning: 'A file of the users that may ask there, `user:password` a line. Without one, anyone may.',
    read: users,
  }),
  setting({
    key: 'esdbInsecure',
    name: 'MITHAQ_ESDB_INSECURE',
    default: 'off',
    meaning: 'Whether it may listen beyond loopback without TLS and users.',
    read: onOrOff,
  }),
];

/** The environment holds settings that are wrong: which, and why. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
}

/** Reads the settings, all of them checked before anything starts. @throws InvalidSettings */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const known = new Set(SETTINGS.map(({ name }) => name));
  const faults = Object.keys(env)
    .filter((name) => name.startsWith('MITHAQ_') && !known.has(name) && !name.startsWith('MITHAQ_TEST_'))
    .map((name) => `${name} is not a setting (there are ${[...known].join(', ')})`);
  const values: Partial<Record<keyof Settings, unknown>> = {};
  for (const { key, name, default: fallback, read } of SETTINGS) {
    try {
      values[key] = read(env[name] ?? fallback);
    } catch (error) {
      faults.push(`${name} ${(error as Error).message}`);
    }
  }
  faults.push(...endpointFaults(values as Partial<Settings>));
  if (faults.length > 0) throw new InvalidSettings(faults.join('\n'));
  return values as Settings;
}
