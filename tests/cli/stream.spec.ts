import { describe, expect, test } from '@jest/globals';
import { runs } from '../support/runs.js';
import fc from 'fast-check';
import { renderStream } from '../../src/cli/render/stream.js';
import { anyOptions, anyText, faults, linesOf, seen } from './terminal.js';

const options = { width: 60, colour: false, language: 'en' } as const;

describe('a stream', () => {
  test('is shown with every field', () => {
    const event = {
      id: 'e1',
      type: 'Signed',
      revision: 1,
      position: 9,
      body: {
        occurredOn: null,
        endedOn: null,
        evidence: [{ sourceId: '000', locator: '3', standing: 'reported' }],
        data: { place: { name: { ar: 'الرباط' } }, witnesses: [], areas: ['a', 'b'] },
      },
      metadata: { actor: '\u001b[2J\u202e', commandId: 'c "1"', note: '"', nothing: {} },
    };
    expect(linesOf(renderStream({ stream: 'agreement-mou', revision: 1, events: [event] }, options)).map(seen)).toEqual(
      [
        'agreement-mou, revision 1',
        '',
        'Signed, revision 1, position 9',
        '  id: e1',
        '  body:',
        '    occurredOn: null',
        '    endedOn: null',
        '    evidence:',
        '      - sourceId: "000"',
        '        locator: "3"',
        '        standing: reported',
        '    data:',
        '      place:',
        '        name:',
        '          ar: الرباط',
        '      witnesses: []',
        '      areas: [a, b]',
        '  metadata:',
        '    actor: "\\u001b[2J\\u202e"',
        '    commandId: c "1"',
        '    note: "\\""',
        '    nothing: {}',
      ],
    );
  });

  test('keeps to the width, with isolates closed and no control characters, whatever is in it', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.dictionary(anyText, fc.jsonValue({ maxDepth: 5 })),
        anyText,
        anyOptions,
        (text, data, key, each) => {
          const body = { data, nested: { [key]: [[[{ [key]: text }]]] } };
          const event = { id: text, type: text, revision: 0, position: '1', body, metadata: { [text]: text } };
          expect(faults(renderStream({ stream: text, revision: 0, events: [event] }, each), each)).toEqual([]);
        },
      ),
      runs(15),
    );
  });
});
