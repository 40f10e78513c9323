import { type components, readCheckpoint } from '@mithaq/client';
import { useQuery } from '@tanstack/react-query';
import { isNotFound, useAnswer } from '../../api/ledger';
import { checkLog, type LogCheck, readLogCheckpoint } from '../../api/log-check';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { type Fact, Facts } from '../../parts/facts';
import { Section } from '../../parts/section';
import { type Verdict, Verdicts } from '../../parts/verdicts';
import { Id } from '../../parts/words';
import { OperateFrame } from './frame';

type Log = components['schemas']['Log'];

/** The log's head, and what this browser finds out about it by itself. */
export function LogPage() {
  const text = useText();
  const log = useAnswer('/v1/log', {});
  return (
    <OperateFrame title={text('operate.log')}>
      <p className="lead">{text('log.lead')}</p>
      <p className="hint">{text('operate.now')}</p>
      {isNotFound(log.error) ? (
        <p>{text('log.none')}</p>
      ) : (
        <Answer query={log}>
          {(answer) => (
            <>
              <Head of={answer} />
              <Check keys={answer.keys} />
            </>
          )}
        </Answer>
      )}
    </OperateFrame>
  );
}

function Head({ of: { state, reason, origin, sealed, root } }: { readonly of: Log }) {
  const text = useText();
  const { data: checkpoint } = useQuery({
    queryKey: ['/tlog/checkpoint', { sealed }],
    queryFn: ({ signal }) => readLogCheckpoint(signal),
    enabled: root !== null,
  });
  const others = (checkpoint === undefined ? [] : (readCheckpoint(checkpoint)?.signedBy ?? [])).filter(
    (name) => name !== origin,
  );
  const fields: readonly Fact[] = [
    [text('log.state'), text(`log.state.${state}`)],
    ...(reason === null
      ? []
      : [
          [
            text('log.reason'),
            <bdi key="r" lang="en">
              {reason}
            </bdi>,
          ] as const,
        ]),
    [text('log.origin'), origin === null ? text('app.unknown') : <Id key="o">{origin}</Id>],
    [text('log.size'), <bdi key="s">{sealed}</bdi>],
    [text('log.root'), root === null ? text('app.none') : <Id key="h">{root}</Id>],
    [text('log.signatures'), others.length === 0 ? text('app.none') : <Ids key="w" of={others} />],
  ];
  return (
    <>
      <Facts of={fields} className="particulars" />
      {checkpoint !== undefined && (
        <Section title={text('log.checkpoint')}>
          <pre className="checkpoint" dir="ltr">
            {checkpoint}
          </pre>
        </Section>
      )}
    </>
  );
}

const Ids = ({ of }: { readonly of: readonly string[] }) => (
  <ul>
    {of.map((each) => (
      <li key={each}>
        <Id>{each}</Id>
      </li>
    ))}
  </ul>
);

function Check({ keys }: { readonly keys: readonly string[] }) {
  const text = useText();
  // Not among the answers that change as events are recorded: it is made when it is asked for.
  const check = useQuery({
    queryKey: ['log-check', { knownAt: '0' }],
    queryFn: ({ signal }) => checkLog(keys, signal),
    enabled: false,
    gcTime: 0,
  });
  return (
    <Section title={text('log.check.title')}>
      <p className="hint">{text('log.check.lead')}</p>
      <button type="button" disabled={check.isFetching} onClick={() => void check.refetch()}>
        {text('log.check')}
      </button>
      <p className="hint">{text('proof.key')}</p>
      <Ids of={keys} />
      <div role="status">
        {check.isFetching && <p>{text('proof.checking')}</p>}
        {check.error && <bdi lang="en">{check.error.message}</bdi>}
        {check.data && !check.error && <Found of={check.data} />}
      </div>
    </Section>
  );
}

function Found({ of: { size, signature, included, before, kept } }: { readonly of: LogCheck }) {
  const text = useText();
  const compared: readonly Verdict[] = before
    ? [
        [text('log.check.sameKeys'), before.sameKeys],
        [text('log.check.consistent', { before: before.size }), before.consistent],
      ]
    : [];
  const all: readonly Verdict[] = [
    [text('log.check.signature', { size }), signature],
    ...compared,
    [text('log.check.included', { position: size }), included],
  ];
  const holds = all.every(([, each]) => each !== false);
  return (
    <>
      <Verdicts of={all} />
      {!holds && <p>{text('log.check.kept')}</p>}
      {holds && !kept && <p>{text('log.check.unkept')}</p>}
      {kept && !before && <p>{text('log.check.first')}</p>}
    </>
  );
}
