import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../../i18n/text';
import { endOfDay, isDay, readPoint, usePageSearch, useSearchChange } from '../../time/search';

/** From where to where is compared, unless the address says: from the point of the page, where that is not now, to now. */
export function useComparedPoints(): { readonly from: string | undefined; readonly to: string } {
  const { from, to = '@', trueOn = '', knownOn = '' } = usePageSearch();
  const past = trueOn === '' && knownOn === '' ? undefined : `${trueOn}@${knownOn}`;
  return { from: from ?? past, to };
}

/** From where to where is compared: two usual questions, and any two points. */
export function Points() {
  const text = useText();
  const { from, to } = useComparedPoints();
  const change = useSearchChange();
  const [wrong, setWrong] = useState(false);
  /** Puts the points into the address, where they are any. */
  const go = (points: { readonly from: string; readonly to: string | undefined }) => {
    const fit = [points.from, points.to ?? '@'].every((point) => readPoint(point) !== undefined);
    setWrong(!fit);
    if (fit) change(points);
  };
  const [start, end] = [readPoint(from ?? '@'), readPoint(to)];
  return (
    <div className="points">
      <div className="questions">
        <Question
          onAsk={(form) => {
            const day = form('day');
            go({ from: isDay(day) ? `${day}@${endOfDay(day)}` : day, to: undefined });
          }}
        >
          <Field name="day" label={text('diff.sinceDay')} hint="2024-10-30" />
        </Question>
        <Question onAsk={(form) => go({ from: `@${form('entry')}`, to: undefined })}>
          <Field name="entry" label={text('diff.sinceEntry')} hint="12" />
        </Question>
      </div>
      <details>
        <summary>{text('diff.points')}</summary>
        <Question
          // As they are in the address, whenever that changes.
          key={`${from} ${to}`}
          onAsk={(form) =>
            go({ from: `${form('fromDay')}@${form('fromKnown')}`, to: `${form('toDay')}@${form('toKnown')}` })
          }
        >
          <fieldset>
            <legend>{text('diff.from')}</legend>
            <Field name="fromDay" label={text('time.trueOn')} hint="2024-10-30" value={start?.trueOn} />
            <Field name="fromKnown" label={text('diff.entryOrTime')} hint="12" value={start?.knownOn} />
          </fieldset>
          <fieldset>
            <legend>{text('diff.to')}</legend>
            <Field name="toDay" label={text('time.trueOn')} hint="2024-10-30" value={end?.trueOn} />
            <Field name="toKnown" label={text('diff.entryOrTime')} hint="12" value={end?.knownOn} />
          </fieldset>
        </Question>
      </details>
      {wrong && (
        <p role="alert" className="wrong">
          {text('diff.wrong')}
        </p>
      )}
    </div>
  );
}

interface QuestionProps {
  /** Told what was typed, by the fields' names. */
  readonly onAsk: (typed: (name: string) => string) => void;
  readonly children: ReactNode;
}

function Question({ onAsk, children }: QuestionProps) {
  const text = useText();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onAsk((name) => (form.get(name) as string).trim());
  };
  return (
    <form className="question" onSubmit={submit}>
      {children}
      <button type="submit">{text('diff.compare')}</button>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value?: string | undefined;
}

function Field({ name, label, hint, value = '' }: FieldProps) {
  return (
    <label>
      <span className="label">{label}</span>
      <input
        type="text"
        dir="ltr"
        autoComplete="off"
        maxLength={40}
        name={name}
        placeholder={hint}
        defaultValue={value}
      />
    </label>
  );
}
