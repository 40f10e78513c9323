import { describe, expect, test } from '@jest/globals';
import { FORMAL_NAMES } from '../../../src/domain/party/formal-names.js';
import { allBuiltInParties, builtInParty } from '../../../src/domain/party/iso-3166.js';
import { findPartiesByName } from '../../../src/domain/party/party-names.js';

describe('a built-in party', () => {
  test.each([
    ['التشيك', 'CZE'],
    ['جمهورية التشيك', 'CZE'],
    ['الجمهورية التشيكية', 'CZE'],
    ['Czechia', 'CZE'],
    ['czech republic', 'CZE'],
    ['tchéquie', 'CZE'],
    ['TCHEQUIE', 'CZE'],
    ['République tchèque', 'CZE'],
    ['المَغْرِب', 'MAR'],
    ['المملكة المغربيه', 'MAR'],
    ['Royaume du Maroc', 'MAR'],
    ['جمهورية باكستان الاسلامية', 'PAK'],
    ['پاکستان', 'PAK'],
    ['اذربيجان', 'AZE'],
    ['السعودية', 'SAU'],
    ['المملكة العربية السعودية', 'SAU'],
    ['هنغاريا', 'HUN'],
    ['المجر', 'HUN'],
    ['turkey', 'TUR'],
    ['TÜRKİYE', 'TUR'],
    ['U.S.A.', 'USA'],
    ["Cote d'Ivoire", 'CIV'],
    ['Bosnia and Herzegovina', 'BIH'],
    ['Bosnia & Herzegovina', 'BIH'],
    ['mar', 'MAR'],
  ])('%s is %s', (name, code) => {
    expect(findPartiesByName(name, [])).toEqual([code]);
  });

  test('answers to all of its names, and only "Congo" is the name of two', () => {
    const shared = new Map<string, string[]>();
    for (const { code, names, aliases } of allBuiltInParties()) {
      for (const name of [code, ...Object.values(names), ...aliases]) {
        const found = findPartiesByName(name, []);
        expect(found).toContain(code);
        if (found.length > 1) shared.set(name, found);
      }
    }
    expect([...shared]).toEqual([['Congo', ['COD', 'COG']]]);
  });

  test('has every formal name that was added by hand', () => {
    expect(Object.keys(FORMAL_NAMES).filter((code) => !builtInParty(code))).toEqual([]);
  });
});

describe('a registered party', () => {
  const registered = [
    { code: 'CSK', names: { ar: 'تشيكوسلوفاكيا', en: 'Czechoslovakia' }, aliases: ['ČSSR', '…'] },
    { code: 'PAK', names: {}, aliases: ['Paquistán'] },
    { code: 'OLDMAR', names: { en: 'Morocco' }, aliases: [] },
  ];

  test.each([
    ['Czechoslovakia', ['CSK']],
    ['تشيكوسلوڤاكيا', ['CSK']],
    ['تشيكوسلوفاكيا', ['CSK']],
    ['cssr', ['CSK']],
    ['csk', ['CSK']],
    ['paquistan', ['PAK']],
    ['Pakistan', ['PAK']],
    ['Morocco', ['MAR', 'OLDMAR']],
    ['Czecho', []],
    ['-', []],
    ['', []],
  ])('%s is %j', (name, codes) => {
    expect(findPartiesByName(name, registered)).toEqual(codes);
  });
});
