import type { Metadata } from '@grpc/grpc-js';
import { createHash, timingSafeEqual } from 'node:crypto';
import { NotAuthenticated } from './errors.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Lets a call pass, by its headers. @throws NotAuthenticated */
export type Authorize = (headers: Metadata) => void;

/** Lets those pass who name one of these users and its password; anyone where there are none. */
export function basicCredentials(users: readonly Credentials[] | undefined): Authorize {
  if (!users) return () => undefined;
  const known = users.map(({ username, password }) => digest(Buffer.from(`${username}:${password}`, 'utf8')));
  return (headers) => {
    const [, encoded] = /^Basic\s+(\S+)$/i.exec(String(headers.get('authorization')[0] ?? '')) ?? [];
    const given = digest(Buffer.from(encoded ?? '', 'base64'));
    // Compared by digest, for what takes the same time must be of the same length; and with each, whoever it is.
    if (known.filter((user) => timingSafeEqual(given, user)).length === 0) throw new NotAuthenticated();
  };
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
