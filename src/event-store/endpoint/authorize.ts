import type { Metadata } from '@grpc/grpc-js';
import { createHash, timingSafeEqual } from 'node:crypto';
import { NotAuthenticated } from './errors.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Lets a call pass, by its headers. @throws NotAuthenticated */
export type Authorize = (headers: Metadata) => void;

/** Lets those pass who name this user and password, and anyone where there is none. */
export function basicCredentials(credentials: Credentials | undefined): Authorize {
  if (!credentials) return () => undefined;
  const expected = digest(Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8'));
  return (headers) => {
    const [, encoded] = /^Basic\s+(\S+)$/i.exec(String(headers.get('authorization')[0] ?? '')) ?? [];
    // Compared by digest, for what takes the same time must be of the same length.
    if (encoded === undefined || !timingSafeEqual(digest(Buffer.from(encoded, 'base64')), expected)) {
      throw new NotAuthenticated();
    }
  };
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
