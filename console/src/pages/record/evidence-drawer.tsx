import type { Blame, BlamedField, EventRef } from '../../api/records';
import { useText } from '../../i18n/text';
import { Drawer } from '../../parts/drawer';
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
  const open = cite !== undefined;
  const field = cite?.split('/')[1] ?? '';
  const groups = open ? fieldsAt(blame.fields, cite) : [];
  return (
    <Drawer
      open={open}
      title={text('evidence.title', { field: nameOf(field) })}
      onClose={() => change({ cite: undefined }, { replace: true })}
    >
      {groups.length === 0 && <p>{text('evidence.none')}</p>}
      {groups.map((fields, i) => (
        <Because key={i} fields={fields} />
      ))}
    </Drawer>
  );
}

/** Of a path into the record, the last name, unless that is a language or a number. */
const lastName = (path: string) => path.split('/').findLast((token) => /^[a-zA-Z]{3,}/.test(token)) ?? path;

/** Values of one text in several languages are one. */
function valuesOf(fields: readonly BlamedField[], side: 'value' | 'before'): readonly (readonly [string, unknown])[] {
  const values = new Map<string, unknown>();
  for (const field of fields) {
    if (!(side in field) || TECHNICAL.test(field.path)) continue;
    const language = /^(.+)\/([a-z]{2,3})$/.exec(field.path);
    if (!language) values.set(field.path, field[side]);
    else values.set(language[1]!, { ...(values.get(language[1]!) as object | undefined), [language[2]!]: field[side] });
  }
  return [...values];
}

/** Of an event within the record, told elsewhere. */
const TECHNICAL = /\/(eventId|latest)$/;

/** A path within a field, in words; of several, the how-manieth. The field itself is the drawer's title. */
function usePathName(): (path: string) => string {
  const text = useText();
  const nameOf = useFieldName();
  const number = new Intl.NumberFormat(text.tag);
  return (path) => {
    const [field = '', ...within] = path.split('/').slice(1);
    const words = within.map((token) => (/^\d+$/.test(token) ? number.format(Number(token) + 1) : nameOf(token)));
    return words.length === 0 ? nameOf(field) : words.join(' · ');
  };
}

/** Values that one event made what they are. */
function Because({ fields }: { readonly fields: readonly BlamedField[] }) {
  const text = useText();
  const [{ event, reason, restores, evidence }] = fields as [BlamedField];
  return (
    <section className="because">
      <dl className="fields">
        <Values of={valuesOf(fields, 'value')} />
        <div>
          <dt>{text('evidence.setBy')}</dt>
          <dd>{event ? <SetBy event={event} /> : text('evidence.byTime')}</dd>
        </div>
        {valuesOf(fields, 'before').map(([path, before]) => (
          <div key={path}>
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

function Values({ of }: { readonly of: ReturnType<typeof valuesOf> }) {
  const pathName = usePathName();
  return of.map(([path, value]) => (
    <div key={path}>
      <dt>{pathName(path)}</dt>
      <dd>
        <Value of={value} field={lastName(path)} />
      </dd>
    </div>
  ));
}

function SetBy({ event: { type, position, recordedAt, actor } }: { readonly event: EventRef }) {
  const text = useText();
  return (
    <>
      {text.rich('evidence.by', { event: text.code('event', type), actor: <bdi>{actor}</bdi> })}
      {text('app.comma')}
      {text.rich('time.upTo', { position: <bdi>{position}</bdi>, time: <Moment at={recordedAt} /> })}
    </>
  );
}
