import type { handleBidiStreamingCall, handleClientStreamingCall, handleServerStreamingCall } from '@grpc/grpc-js';
import type { Readable } from 'node:stream';
import type { EventStore } from '../event-store.js';
import { append } from './append.js';
import { batchAppend, Batches } from './batch-append.js';
import { type Calls, send } from './calls.js';
import type { streams } from './definitions.js';
import { AccessDenied } from './errors.js';
import { read } from './read.js';
import { readRequest } from './read-request.js';
import { subscribe } from './subscribe.js';

type ReadRequest = InstanceType<typeof streams.ReadReq>;
type ReadAnswer = InstanceType<typeof streams.ReadResp>;
type AppendRequest = InstanceType<typeof streams.AppendReq>;
type AppendAnswer = InstanceType<typeof streams.AppendResp>;
type BatchRequest = InstanceType<typeof streams.BatchAppendReq>;
type BatchAnswer = InstanceType<typeof streams.BatchAppendResp>;

/** How many appends of one call are under way at a time; the others wait at the client. */
const UNDER_WAY = 64;

/** EventStoreDB's service Streams over a store. What a ledger does not do (delete, tombstone) stays unimplemented. */
export function streamsService(store: EventStore, calls: Calls, writes: boolean) {
  const reading: handleServerStreamingCall<ReadRequest, ReadAnswer> = (call) =>
    calls.run(
      call,
      async (signal) => {
        const request = readRequest(call.request);
        const { count } = request;
        const answers =
          count === 'subscription' ? subscribe(store, request, signal) : read(store, request, count, signal);
        for await (const answer of answers) await send(call, answer, signal);
        signal.throwIfAborted();
        call.end();
      },
      (status) => call.emit('error', status),
    );

  const appending: handleClientStreamingCall<AppendRequest, AppendAnswer> = (call, answer) =>
    calls.run(
      call,
      async (signal) => {
        if (!writes) throw new AccessDenied();
        const requests: AppendRequest[] = [];
        await each<AppendRequest>(call, signal, (request) => requests.push(request));
        answer(null, await append(store, requests));
      },
      (status) => answer(status),
    );

  const batchAppending: handleBidiStreamingCall<BatchRequest, BatchAnswer> = (call) =>
    calls.run(
      call,
      async (signal) => {
        const batches = new Batches();
        const underWay = new Set<Promise<void>>();
        const answer = async (parts: readonly BatchRequest[]) => {
          call.write(await batchAppend(store, parts, writes));
        };
        try {
          await each<BatchRequest>(call, signal, (request) => {
            const parts = batches.add(request);
            if (!parts) return;
            const answering = answer(parts).finally(() => {
              underWay.delete(answering);
              call.resume();
            });
            underWay.add(answering);
            if (underWay.size >= UNDER_WAY) call.pause();
          });
        } finally {
          await Promise.all(underWay);
        }
        call.end();
      },
      (status) => call.emit('error', status),
    );

  return { read: reading, append: appending, batchAppend: batchAppending };
}

/** Handles what the client sends, to its end. What a listener throws would end the process, so nothing is let out. */
function each<T>(call: Readable, signal: AbortSignal, handle: (message: T) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject((signal as { reason: Error }).reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    call.on('error', reject);
    call.on('end', resolve);
    call.on('data', (message: T) => {
      try {
        if (!signal.aborted) handle(message);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
