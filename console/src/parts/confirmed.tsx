import { useState } from 'react';
import { useText } from '../i18n/text';

interface ConfirmedProps {
  readonly label: string;
  /** What is about to happen, as a question. */
  readonly question: string;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
}

/** A button that asks before it does what can't be taken back. */
export function Confirmed({ label, question, disabled = false, onConfirm }: ConfirmedProps) {
  const text = useText();
  const [asked, ask] = useState(false);
  if (!asked) {
    return (
      <button type="button" disabled={disabled} onClick={() => ask(true)}>
        {label}
      </button>
    );
  }
  return (
    <div role="group" aria-label={question} className="confirmed">
      <p>{question}</p>
      <button
        type="button"
        onClick={() => {
          ask(false);
          onConfirm();
        }}
      >
        {label}
      </button>{' '}
      <button type="button" autoFocus onClick={() => ask(false)}>
        {text('operate.cancel')}
      </button>
    </div>
  );
}
