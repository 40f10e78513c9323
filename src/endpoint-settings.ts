import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Credentials } from './event-store/endpoint/authorize.js';

/** The settings of the endpoint that must fit each other. */
export interface EndpointSettings {
  /** Where to speak EventStoreDB's protocol; null: nowhere. */
  readonly esdbListen: { readonly host: string; readonly port: number } | null;
  readonly esdbWrites: boolean;
  /** PEM. */
  readonly esdbTlsCert: string | null;
  readonly esdbTlsKey: string | null;
  /** Null: anyone. */
  readonly esdbUsers: readonly Credentials[] | null;
  readonly esdbInsecure: boolean;
}

/** @throws Error that says what it must be */
export function listenAddress(text: string): EndpointSettings['esdbListen'] {
  if (text === '') return null;
  const [, host, port] = /^([^:[\]]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65535) throw new Error('must be host:port, such as 127.0.0.1:2113');
  return { host: host.replace(/[[\]]/g, ''), port: Number(port) };
}

/** The contents of a file, if one is named. @throws Error that says what it must be, and never what is in it */
const contents =
  <T>(what: string, read: (text: string) => T) =>
  (path: string): T | null => {
    if (path === '') return null;
    const text = readFileSync(path, 'utf8');
    try {
      return read(text);
    } catch {
      throw new Error(`${path} must hold ${what}`);
    }
  };

export const certificate = contents('a certificate as PEM', (pem) => {
  new X509Certificate(pem);
  return pem;
});

export const privateKey = contents('a private key as PEM, without a passphrase', (pem) => {
  createPrivateKey(pem);
  return pem;
});

/** A `user:password` a line; a password may hold colons. Empty lines are passed over. */
export const users = contents('users, each once, as user:password a line', (text): readonly Credentials[] => {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const found = lines.map((line) => {
    const [, username, password] = /^([^:]+):(.+)$/.exec(line) ?? [];
    if (username === undefined || password === undefined) throw new Error();
    return { username, password };
  });
  if (found.length === 0 || new Set(found.map((u) => u.username)).size < found.length) throw new Error();
  return found;
});

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

/** What of the endpoint's settings does not fit together. Those that are wrong by themselves are left out. */
export function endpointFaults(settings: Partial<EndpointSettings> & { readonly store?: string }): string[] {
  const { esdbListen, esdbTlsCert, esdbTlsKey, esdbUsers, esdbInsecure, store } = settings;
  const faults: string[] = [];
  if (esdbListen && store?.includes('://')) {
    faults.push('MITHAQ_ESDB_LISTEN is for an embedded ledger: consumers of an EventStoreDB ask that');
  }
  if (esdbTlsCert && esdbTlsKey) {
    if (!new X509Certificate(esdbTlsCert).checkPrivateKey(createPrivateKey(esdbTlsKey))) {
      faults.push('MITHAQ_ESDB_TLS_KEY is not the key of the certificate in MITHAQ_ESDB_TLS_CERT');
    }
  } else if ((esdbTlsCert && esdbTlsKey === null) || (esdbTlsKey && esdbTlsCert === null)) {
    faults.push('MITHAQ_ESDB_TLS_CERT and MITHAQ_ESDB_TLS_KEY go together: one of them is missing');
  }
  const open = esdbTlsCert === null || esdbTlsKey === null || esdbUsers === null;
  if (esdbListen && !isLoopback(esdbListen.host) && open && esdbInsecure === false) {
    faults.push(
      `MITHAQ_ESDB_LISTEN at ${esdbListen.host} is open to others: it needs MITHAQ_ESDB_TLS_CERT, MITHAQ_ESDB_TLS_KEY ` +
        'and MITHAQ_ESDB_USERS, or MITHAQ_ESDB_INSECURE=on to go without',
    );
  }
  return faults;
}
