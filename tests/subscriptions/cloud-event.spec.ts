import { expect, test } from '@jest/globals';
import { cloudEvent, ledgerUri } from '../../src/subscriptions/cloud-event.js';
import { ledgerWithSources } from '../support/facts.js';

const [first, second] = ledgerWithSources().events;

test('a CloudEvent has the attributes that version 1.0 asks for, and names that it allows', () => {
  const event = cloudEvent(second!, ledgerUri(first!));
  expect(event).toEqual({
    specversion: '1.0',
    id: second!.id,
    source: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/) as unknown,
    type: 'mithaq.SourceRegistered',
    subject: 'source-t',
    time: second!.metadata.recordedAt,
    datacontenttype: 'application/json',
    dataschema: 'urn:mithaq:events:SourceRegistered:1',
    position: '2',
    revision: 0,
    correlationid: second!.metadata.$correlationId,
    causationid: second!.metadata.$causationId,
    data: second,
  });
  for (const name of Object.keys(event)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
});

test('a ledger’s URI is that of its first event and when it was recorded', () => {
  const later = { ...first!, metadata: { ...first!.metadata, recordedAt: '2030-01-01T00:00:00.000Z' } };
  expect(ledgerUri({ ...first!, body: second!.body })).toBe(ledgerUri(first!));
  expect(new Set([ledgerUri(first!), ledgerUri(later), ledgerUri(second!)]).size).toBe(3);
});
