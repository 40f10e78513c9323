import type { HistoryEntry, RecordAnswer } from '../../api/records';
import { useText } from '../../i18n/text';
import { Section } from '../../parts/section';
import { Standing } from '../../parts/standing';
import { When } from '../../parts/words';

/** The steps that an instrument takes in the end, if all are taken. */
const STEPS = [
  { status: 'proposed', type: 'AgreementProposed' },
  { status: 'drafted', type: 'AgreementDrafted' },
  { status: 'initialled', type: 'Initialled' },
  { status: 'signed', type: 'Signed' },
  { status: 'in_force', type: 'EnteredIntoForce' },
] as const;

/** What need not come to it, and is shown where it did. */
const OTHERS: readonly string[] = ['Suspended', 'Resumed', 'Renewed', 'DenunciationNotified', 'DenunciationWithdrawn'];
const ENDS: readonly string[] = ['Terminated', 'Expired', 'Superseded', 'Abandoned'];

interface LifeProps {
  readonly record: RecordAnswer;
  readonly entries: readonly HistoryEntry[];
}

/** The instrument's life as a rail: the steps on record, and those that are not, hollow. */
export function Life({ record: { status }, entries }: LifeProps) {
  const text = useText();
  const counted = entries.filter(({ when }) => when === 'happened' || when === 'possible');
  const announced = counted.some(({ type }) => type === 'SignatureAnnounced');
  const later = counted.filter(({ type }) => OTHERS.includes(type) || ENDS.includes(type));
  return (
    <Section title={text('record.life')}>
      <ol className="rail">
        {STEPS.map((step) => {
          const entry = counted.find(({ type }) => type === step.type);
          return (
            <Step
              key={step.status}
              label={text(`status.${step.status}`)}
              entry={entry}
              current={status === step.status}
            >
              {step.status === 'signed' && !entry && announced && text('event.SignatureAnnounced')}
            </Step>
          );
        })}
        {later.map((entry) => (
          <Step
            key={entry.eventId}
            label={text.code('event', entry.type)}
            entry={entry}
            current={ENDS.includes(entry.type)}
          />
        ))}
      </ol>
    </Section>
  );
}

interface StepProps {
  readonly label: string;
  readonly entry: HistoryEntry | undefined;
  readonly current: boolean;
  readonly children?: string | false;
}

function Step({ label, entry, current, children }: StepProps) {
  const text = useText();
  const state = entry === undefined ? 'missing' : entry.when === 'possible' ? 'possible' : 'done';
  return (
    <li data-step={state} aria-current={current ? 'step' : undefined}>
      <strong>{label}</strong>
      {entry ? (
        <>
          <When {...entry} /> <Standing of={entry.standing} />
          {state === 'possible' && <em className="tag">{text('record.step.possible')}</em>}
        </>
      ) : (
        <span className="unknown">{children || text('record.step.missing')}</span>
      )}
    </li>
  );
}
