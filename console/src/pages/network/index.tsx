import type { Queries } from '@mithaq/client';
import { useMemo } from 'react';
import { useAllPages } from '../../api/ledger';
import { RUNGS } from '../../api/records';
import { wordingFor } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { PageLink } from '../../parts/page-link';
import { useTimeParams } from '../../time/search';
import { type Place, placeParties } from './layout';

type Item = Queries['/v1/relationships']['answer']['items'][number];

/** Those that have come farthest come first. */
const STAGES = RUNGS.toReversed();
/** More lines tell nothing. */
const MOST = 300;

/** Who has to do with whom, and how far it has come: what the overview's table tells, drawn. */
export function NetworkPage() {
  const text = useText();
  const pages = useAllPages('/v1/relationships', useTimeParams());
  return (
    <>
      <title>{`${text('network.title')} · ${text('app.name')}`}</title>
      <h1>{text('network.title')}</h1>
      <p className="lead">{text.rich('network.lead', { table: <PageLink to="/">{text('app.overview')}</PageLink> })}</p>
      <Answer query={pages}>{(all) => <Network items={all.flatMap((page) => page.items)} />}</Answer>
    </>
  );
}

const rank = ({ stage }: Item) => STAGES.findIndex((each) => each === stage);

function Network({ items }: { readonly items: readonly Item[] }) {
  const text = useText();
  const drawn = useMemo(
    () =>
      items
        .filter((item) => rank(item) >= 0)
        .sort((a, b) => rank(a) - rank(b))
        .slice(0, MOST),
    [items],
  );
  const { places, box } = useMemo(() => placeParties(drawn.map(({ parties: [a, b] }) => [a!.code, b!.code])), [drawn]);
  const names = new Map(items.flatMap(({ parties }) => parties.map((party) => [party.code, party.names])));
  const nameOf = (code: string) => wordingFor(names.get(code) ?? {}, text.locale)?.[1] ?? code;
  if (drawn.length === 0) return <p>{text('overview.empty')}</p>;
  return (
    <>
      {drawn.length < items.length && (
        <p className="hint">{text('network.some', { n: drawn.length, all: items.length })}</p>
      )}
      <svg className="network" width={box[2]} viewBox={box.join(' ')} role="group" aria-label={text('network.title')}>
        {drawn.map((item) => {
          const [a, b] = item.parties.map(({ code }) => places.get(code)!) as [Place, Place];
          const label = text('app.parties', { a: nameOf(a.code), b: nameOf(b.code) });
          return (
            <PageLink key={item.pair} to={`/relationships/${item.pair}`}>
              <title>{text('app.labelled', { label, value: text(`stage.${item.stage}`) })}</title>
              <line className="reach" x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
              <line data-stage={item.stage} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
            </PageLink>
          );
        })}
        {[...places.values()].map(({ code, x, y, isNamedAbove }) => (
          <g key={code}>
            <circle cx={x} cy={y} r={5} />
            <text x={x} y={y + (isNamedAbove ? -12 : 24)}>
              {nameOf(code)}
            </text>
          </g>
        ))}
      </svg>
      <ul className="legend" aria-label={text('stage')}>
        {STAGES.map((stage) => (
          <li key={stage}>
            <svg width={40} viewBox="0 0 40 10" aria-hidden="true" className="network">
              <line data-stage={stage} x1={0} y1={5} x2={40} y2={5} />
            </svg>
            {text(`stage.${stage}`)}
          </li>
        ))}
      </ul>
    </>
  );
}
