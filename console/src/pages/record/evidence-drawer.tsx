import { useEffect, useId, useRef } from 'react';
import type { Blame, BlamedField, EventRef } from '../../api/records';
import { useText } from '../../i18n/text';
import { Cited } from '../../parts/evidence';
import { useFieldName, Value } from '../../parts/value';
import { Moment } from '../../parts/words';
import { usePageSearch, useSearchChange } from '../../time/search';
import { fieldsAt } from './notes';
import { Proof } from './proof';

/** Why a field is what it is: open where the address names the field, so that it can be sent to others. */
export function EvidenceDrawer({ blame }: { readonly blame: Blame }) {
  const text = useText();
  const { cite } = usePageSearch();
  const change = useSearchChange();
  const nameOf = useFieldName();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = cite !== undefined;
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  const field = cite?.split('/')[1] ?? '';
  const groups = open ? fieldsAt(blame.fields, cite) : [];
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby={id}
      onClose={() => open && change({ cite: undefined }, { replace: true })}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      {open && (
        <div className="inside">
          <header>
            <h2 id={id}>{text('evidence.title', { field: nameOf(field) })}</h2>
            <button type="button" onClick={() => dialog.current?.close()}>
              {text('app.close')}
            </button>
          </header>
          {groups.length === 0 && <p>{text('evidence.none')}</p>}
          {groups.map((fields, i) => (
            <Because key={i} fields={fields} />
          ))}
        </div>
      )}
    </dialog>
  );
}

/** Of a path into the record, the last name, unless that is a language or a number. */
const lastName = (path: string) => path.split('/').findLast((token) => /^[a-zA-Z]{3,}/.test(token)) ?? path;

/** Values that one event made what they are. */
function Because({ fields }: { readonly fields: readonly BlamedField[] }) {
  const text = useText();
  const nameOf = useFieldName();
  const [{ event, reason, restores, evidence }] = fields as [BlamedField];
  const changed = fields.filter((field) => 'before' in field);
  return (
    <section className="because">
      <dl className="fields">
        {fields
          .filter(({ path }) => !/\/(eventId|latest)$/.test(path))
          .map(({ path, value }) => (
            <div key={path}>
              <dt>{nameOf(lastName(path))}</dt>
              <dd>
                <Value of={value} field={lastName(path)} />
              </dd>
            </div>
          ))}
        <div>
          <dt>{text('evidence.setBy')}</dt>
          <dd>{event ? <SetBy event={event} /> : text('evidence.byTime')}</dd>
        </div>
        {changed.map(({ path, before }) => (
          <div key={`before ${path}`}>
            <dt>{text('evidence.before')}</dt>
            <dd>
              <Value of={before} field={lastName(path)} />
            </dd>
          </div>
        ))}
        {reason !== null && (
          <div>
            <dt>{text('evidence.reason')}</dt>
            <dd>
              <bdi dir="auto">{reason}</bdi>
            </dd>
          </div>
        )}
        {restores !== null && (
          <div>
            <dt>{text('evidence.restores')}</dt>
            <dd>
              <SetBy event={restores} />
            </dd>
          </div>
        )}
      </dl>
      <h3>{text('evidence.sources')}</h3>
      {evidence.length === 0 ? (
        <p>{text('evidence.none')}</p>
      ) : (
        <ul className="sources">
          {evidence.map((each, i) => (
            <li key={i}>
              <Cited of={each} />
            </li>
          ))}
        </ul>
      )}
      {event && <Proof key={event.eventId} event={event} />}
    </section>
  );
}

function SetBy({ event: { type, position, recordedAt, actor } }: { readonly event: EventRef }) {
  const text = useText();
  return (
    <>
      {text.rich('evidence.by', { event: text.code('event', type), actor: <bdi>{actor}</bdi> })},{' '}
      {text.rich('time.upTo', { position: <bdi>{position}</bdi>, time: <Moment at={recordedAt} /> })}
    </>
  );
}
