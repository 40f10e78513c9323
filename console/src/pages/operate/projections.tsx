import { type Health, type Rebuild, useHealth, useRebuild } from '../../api/operations';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { Confirmed } from '../../parts/confirmed';
import { Table } from '../../parts/table';
import { OperateFrame } from './frame';
import { LagBehind } from './lag';

/** How far each read model has got, and a way to make them anew. */
export function ProjectionsPage() {
  const text = useText();
  return (
    <OperateFrame title={text('operate.projections')}>
      <p className="lead">{text('projections.lead')}</p>
      <p className="hint">{text('operate.now')}</p>
      <Answer query={useHealth()}>{(health) => <Told health={health} />}</Answer>
    </OperateFrame>
  );
}

function Told({ health: { store, projections, rebuild, failure } }: { readonly health: Health }) {
  const text = useText();
  const again = useRebuild();
  const end = Math.max(0, ...projections.map(({ position, lag }) => position + (lag?.events ?? 0)));
  return (
    <>
      <div role="status">
        {store.reason !== undefined && (
          <p>{text.rich('projections.store', { reason: <Reason of={store.reason} /> })}</p>
        )}
        {failure !== null && <p>{text.rich('projections.failure', { reason: <Reason of={failure} /> })}</p>}
        {again.error && <Reason of={again.error.message} />}
        {rebuild && <Progress of={rebuild} end={end} />}
      </div>
      <Table
        caption={text('operate.projections')}
        rows={projections}
        keyOf={({ name }) => name}
        columns={[
          { label: text('projections.name'), cell: ({ name }) => <bdi>{name}</bdi> },
          { label: text('projections.position'), cell: ({ position }) => <bdi>{position}</bdi> },
          { label: text('projections.lag'), cell: ({ lag }) => <LagBehind of={lag} /> },
          {
            label: text('projections.state'),
            cell: ({ stopped }) =>
              stopped === null
                ? text('projections.going')
                : text.rich('projections.stopped', {
                    position: <bdi>{stopped.position}</bdi>,
                    reason: <Reason of={stopped.reason} />,
                  }),
          },
          {
            label: text('projections.rebuild'),
            cell: ({ name }) => (
              <Confirmed
                label={text('projections.rebuild')}
                question={text('projections.confirm', { name })}
                disabled={again.isPending || rebuild?.state === 'running'}
                onConfirm={() => again.mutate(name)}
              />
            ),
          },
        ]}
      />
    </>
  );
}

const Reason = ({ of }: { readonly of: string }) => <bdi lang="en">{of}</bdi>;

function Progress({
  of: { state, projections, position, reason },
  end,
}: {
  readonly of: Rebuild;
  readonly end: number;
}) {
  const text = useText();
  const names = new Intl.ListFormat(text.tag, { type: 'conjunction' }).format(projections);
  if (state === 'done') return <p>{text('projections.done', { names })}</p>;
  const why = reason !== null && <Reason of={reason} />;
  if (state === 'failed') return <p>{text.rich('projections.failed', { names, reason: why })}</p>;
  const told = text('projections.running', { names, position, end });
  return (
    <>
      <p>{told}</p>
      <progress aria-label={told} value={position} max={Math.max(end, 1)} />
      {why}
    </>
  );
}
