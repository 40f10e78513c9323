import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useAnswer } from '../api/ledger';
import { useText } from '../i18n/text';
import { Labelled, Moment, PartialDate } from '../parts/words';
import { RecordLink } from '../parts/record-link';
import {
  endOfDay,
  isDay,
  isStanding,
  type PageSearch,
  STANDINGS,
  timeParams,
  usePageSearch,
  useSearchChange,
} from './search';
import { type Steps, useSteps } from './steps';

/** Where on both axes the page stands, as the ledger itself has it. */
function usePoint(search: PageSearch) {
  const { asOf, knownAt } = timeParams(search);
  const { data } = useAnswer('/v1/relationships', {
    limit: 1,
    ...(asOf !== undefined && { asOf }),
    ...(knownAt !== undefined && { knownAt }),
  });
  return data;
}

/** Moves the page along both axes: what was true on a day, and what was known. */
export function TimeBar() {
  const text = useText();
  return (
    <section className="time" aria-label={text('time.heading')}>
      <Presets />
      <StandingFilter />
      <KnownOn />
    </section>
  );
}

type Mode = 'now' | 'stood' | 'known';

function modeOf({ trueOn, knownOn }: PageSearch): Mode | undefined {
  if (knownOn === undefined) return trueOn === undefined ? 'now' : 'stood';
  return trueOn !== undefined && knownOn === endOfDay(trueOn) ? 'known' : undefined;
}

const at = (mode: Mode, day: string) => ({
  trueOn: mode === 'now' ? undefined : day,
  knownOn: mode === 'known' ? endOfDay(day) : undefined,
});

/** Now; as it stood on a day, by all that is known; as it was known on that day. */
function Presets() {
  const text = useText();
  const search = usePageSearch();
  const change = useSearchChange();
  const current = modeOf(search);
  const [chosen, choose] = useState<Mode>();
  const mode = chosen ?? current;
  const day = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const [id, problemId] = [useId(), useId()];

  const go = (to: Mode) => {
    const typed = day.current?.value.trim() ?? '';
    const ready = to === 'now' || isDay(typed);
    setWrong(!ready && typed !== '');
    choose(ready ? undefined : to);
    if (ready) change(at(to, typed));
    else day.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(mode === undefined || mode === 'now' ? 'stood' : mode);
  };

  return (
    <form className="presets" onSubmit={submit} noValidate>
      <fieldset>
        <legend>{text('time.trueOn')}</legend>
        {(['now', 'stood', 'known'] as const).map((each) => (
          <label key={each}>
            <input type="radio" name={id} checked={mode === each} onChange={() => go(each)} />
            <span>{text(`time.${each}`)}</span>
          </label>
        ))}
        <input
          // As it is in the address, whenever that changes.
          key={search.trueOn ?? ''}
          ref={day}
          className="day"
          type="text"
          inputMode="numeric"
          dir="ltr"
          defaultValue={search.trueOn ?? ''}
          placeholder="2024-10-30"
          maxLength={10}
          autoComplete="off"
          aria-label={text('time.day')}
          aria-invalid={wrong}
          aria-describedby={wrong ? problemId : undefined}
        />
        <button type="submit">{text('time.show')}</button>
      </fieldset>
      {wrong && (
        <p id={problemId} role="alert" className="wrong">
          {text('problem.trueOn', { value: day.current?.value ?? '' })}
        </p>
      )}
    </form>
  );
}

/** A second for each step. */
const STEP_MS = 1000;

/** Moves along what was known, entry by entry. */
function KnownOn() {
  const text = useText();
  const search = usePageSearch();
  const change = useSearchChange();
  const steps = useSteps();
  const point = usePoint(search);
  const { count } = steps;
  const step = search.knownOn === undefined ? count : steps.stepAt(Number(point?.knownAt.position ?? 0));
  const goTo = (to: number) => change({ knownOn: to >= count ? undefined : steps.positionOf(to) }, { replace: true });
  const [playing, play] = usePlaying(step, count, goTo);
  const entry = steps.entryOf(step);

  return (
    <div className="known">
      <span className="legend">{text('time.knownOn')}</span>
      <button
        type="button"
        aria-label={text('time.previous')}
        title={text('time.previous')}
        disabled={step <= 0}
        onClick={() => goTo(step - 1)}
      >
        <Chevron />
      </button>
      <input
        type="range"
        min={0}
        max={count}
        value={step}
        aria-label={text('time.slider')}
        aria-valuetext={stepText(text, steps, step)}
        onChange={({ target }) => goTo(Number(target.value))}
      />
      <button
        type="button"
        aria-label={text('time.next')}
        title={text('time.next')}
        disabled={step >= count}
        onClick={() => goTo(step + 1)}
      >
        <Chevron onwards />
      </button>
      <button type="button" aria-pressed={playing} onClick={() => play(!playing)}>
        {text(playing ? 'time.pause' : 'time.play')}
      </button>
      <span className="at">
        <KnownPoint />
        {entry && search.knownOn !== undefined && (
          <>
            {' — '}
            <Labelled label={text.code('event', entry.type)}>
              <RecordLink stream={entry.record} />
            </Labelled>
          </>
        )}
      </span>
    </div>
  );
}

function stepText(text: ReturnType<typeof useText>, steps: Steps, step: number): string {
  if (step === 0) return text('time.nothing');
  if (step === steps.count) return text('time.all');
  const entry = steps.entryOf(step);
  const position = text('time.step', { position: Number(steps.positionOf(step)) });
  return entry ? `${position}: ${text.code('event', entry.type)}` : position;
}

/** Steps on each second until all is known. From there it begins anew. */
function usePlaying(step: number, count: number, goTo: (step: number) => void) {
  const [playing, setPlaying] = useState(false);
  const next = useRef(() => undefined as void);
  useEffect(() => {
    next.current = () => (step >= count ? setPlaying(false) : goTo(step + 1));
  });
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => next.current(), STEP_MS);
    return () => clearInterval(timer);
  }, [playing]);
  const play = (on: boolean) => {
    if (on && step >= count) goTo(0);
    setPlaying(on);
  };
  return [playing, play] as const;
}

/** Up to which entry what is shown was known, and when that was recorded. */
function KnownPoint() {
  const text = useText();
  const search = usePageSearch();
  const point = usePoint(search);
  if (search.knownOn === undefined || !point) return text('time.all');
  const { position, recordedAt } = point.knownAt;
  if (recordedAt === null) return text('time.nothing');
  return text.rich('time.upTo', { position: <bdi>{position}</bdi>, time: <Moment at={recordedAt} /> });
}

/** Said wherever the page is not of the present. */
export function PastBanner() {
  const text = useText();
  const search = usePageSearch();
  const change = useSearchChange();
  const point = usePoint(search);
  if (search.trueOn === undefined && search.knownOn === undefined) return null;
  return (
    <div role="status" className="banner">
      <strong>{text('time.banner')}</strong>
      <span>
        <Labelled label={text('time.trueOn')}>
          {search.trueOn === undefined ? (
            text.rich('time.today', { date: <PartialDate of={point?.asOf ?? null} /> })
          ) : (
            <PartialDate of={search.trueOn} />
          )}
        </Labelled>
      </span>
      <span>
        <Labelled label={text('time.knownOn')}>
          <KnownPoint />
        </Labelled>
      </span>
      <button type="button" onClick={() => change({ trueOn: undefined, knownOn: undefined })}>
        {text('time.back')}
      </button>
    </div>
  );
}

function StandingFilter() {
  const text = useText();
  const { standing } = usePageSearch();
  const change = useSearchChange();
  return (
    <label className="standing-filter">
      <span className="legend">{text('time.standing')}</span>
      <select
        value={isStanding(standing) ? standing : 'claimed'}
        onChange={({ target }) => change({ standing: target.value === 'claimed' ? undefined : target.value })}
      >
        {STANDINGS.map((each) => (
          <option key={each} value={each}>
            {text(`standing.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Points to where the line came from, or goes on: mirrored where it runs from right to left. */
function Chevron({ onwards = false }: { readonly onwards?: boolean }) {
  return (
    <svg className="chevron" viewBox="0 0 16 16" aria-hidden="true">
      <path d={onwards ? 'M6 3l5 5-5 5' : 'M10 3L5 8l5 5'} />
    </svg>
  );
}
