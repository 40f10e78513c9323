import { describe, expect, test } from '@jest/globals';
import { type FeedFacets, type FeedFilter, matches, standingOf } from '../../src/subscriptions/feed-filter.js';
import { agreementData, ledgerWithSources } from '../support/facts.js';
import { evidence } from '../support/ledger.js';

const event: FeedFacets = {
  stream: 'agreement-a',
  category: 'agreement',
  type: 'Signed',
  standing: 'reported',
  pairs: ['MAR-PAK', 'MAR-TUR'],
};

describe('a filter of the feed', () => {
  const cases: [FeedFilter, boolean][] = [
    [{}, true],
    [{ pairs: new Set(['CZE-MAR', 'MAR-TUR']) }, true],
    [{ pairs: new Set(['PAK-TUR']) }, false],
    [{ parties: new Set(['PAK']) }, true],
    [{ parties: new Set(['CZE']) }, false],
    [{ categories: new Set(['visit', 'agreement']) }, true],
    [{ categories: new Set(['visit']) }, false],
    [{ streams: new Set(['agreement-a']) }, true],
    [{ streams: new Set(['agreement-']) }, false],
    [{ types: new Set(['Signed']) }, true],
    [{ types: new Set(['Amended']) }, false],
    [{ minimumStanding: 'reported' }, true],
    [{ minimumStanding: 'announced' }, false],
    [{ types: new Set(['Signed']), pairs: new Set(['MAR-PAK']) }, true],
    [{ types: new Set(['Signed']), pairs: new Set(['CZE-MAR']) }, false],
  ];
  test.each(cases)('%p: %p', (filter, wanted) => expect(matches(filter, event)).toBe(wanted));

  test('a party’s own record is of the party', () => {
    const own: FeedFacets = { ...event, stream: 'party-CSK', category: 'party', standing: undefined, pairs: [] };
    expect(matches({ parties: new Set(['CSK']) }, own)).toBe(true);
    expect(matches({ parties: new Set(['CSKX']) }, own)).toBe(false);
    expect(matches({ pairs: new Set(['CSK-MAR']) }, own)).toBe(false);
  });

  test('pairs are not looked up where nobody asks for them', () => {
    const costly: FeedFacets = Object.defineProperty({ ...event }, 'pairs', {
      get: () => {
        throw new Error('Looked up');
      },
    });
    expect(matches({ types: new Set(['Signed']) }, costly)).toBe(true);
    expect(matches({ types: new Set(['Amended']), pairs: new Set(['MAR-PAK']) }, costly)).toBe(false);
    expect(() => matches({ pairs: new Set(['MAR-PAK']) }, costly)).toThrow('Looked up');
  });
});

test('a fact stands as its best evidence does; curation, sources and parties have no standing, and pass any minimum', () => {
  const ledger = ledgerWithSources();
  const cited = [...evidence('s', 'claimed'), ...evidence('t', 'documented')];
  ledger.given('DraftAgreement', agreementData({ evidence: cited }));
  ledger.given('CorroborateFact', { ...ledger.about('agreement-agr'), evidence: evidence('s', 'claimed') });
  ledger.given('RetractFact', { ...ledger.about('agreement-agr'), reason: 'It was another one' });
  const standings = ledger.events.map((e) => [e.type, standingOf(e)]);
  expect(standings).toEqual([
    ['SourceRegistered', undefined],
    ['SourceRegistered', undefined],
    ['AgreementDrafted', 'documented'],
    ['FactCorroborated', undefined],
    ['FactRetracted', undefined],
  ]);
  expect(matches({ minimumStanding: 'registered' }, { ...event, standing: undefined })).toBe(true);
});
