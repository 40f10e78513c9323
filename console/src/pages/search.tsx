import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ledger } from '../api/ledger';
import type { Queries } from '@mithaq/client';
import { useText } from '../i18n/text';
import { Answer } from '../parts/answer';
import { RecordLink } from '../parts/record-link';
import { usePageSearch } from '../time/search';

type Item = Queries['/v1/search']['answer']['items'][number];

/** The records that a text finds: the first page of them, the best first. */
export function SearchPage() {
  const text = useText();
  const { q = '' } = usePageSearch();
  const found = useQuery({
    queryKey: ['/v1/search', { q }],
    queryFn: ({ signal }) => ledger.get('/v1/search', { q, limit: 50 }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <title>{`${text('search.title', { q })} · ${text('app.name')}`}</title>
      <h1>{text.rich('search.title', { q: <bdi>{q}</bdi> })}</h1>
      <p className="hint">{text('search.now')}</p>
      <Answer query={found}>{({ items }) => <Found items={items} />}</Answer>
    </>
  );
}

function Found({ items }: { readonly items: readonly Item[] }) {
  const text = useText();
  return (
    <>
      <p role="status">{text('count.found', { n: items.length })}</p>
      <ul className="found">
        {items.map(({ stream, category, matches }) => (
          <li key={stream}>
            <span className="event">{text.code('category', category)}</span> <RecordLink stream={stream} />
            <ul className="matches">
              {matches.map((match, i) => (
                <li key={i}>
                  <bdi lang={match.language ?? undefined} dir="auto">
                    <Marked text={match.text} spans={match.spans} />
                  </bdi>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A text with what was found in it marked. @param spans start and end in UTF-16 code units */
function Marked({ text, spans }: { readonly text: string; readonly spans: readonly (readonly number[])[] }) {
  const cuts = spans.flatMap(([start = 0, end = 0]) => [start, end]);
  const pieces = [0, ...cuts].map((from, i) => text.slice(from, [...cuts, text.length][i]));
  return pieces.map((piece, i) => (i % 2 === 1 ? <mark key={i}>{piece}</mark> : piece));
}
