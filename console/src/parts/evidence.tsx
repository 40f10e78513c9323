import type { Citation } from '../api/records';
import { useText } from '../i18n/text';
import { isWordings } from '../api/records';
import { PageLink } from './page-link';
import { RecordLink } from './record-link';
import { Standing } from './standing';
import { Wording } from './words';

/** A citation: where it comes from, the place in it, how well the fact stands there. */
export function Cited({ of }: { readonly of: Citation & { readonly title?: unknown; readonly withdrawn?: boolean } }) {
  const text = useText();
  const { sourceId, locator, standing, note, title, withdrawn } = of;
  return (
    <span className="citation">
      {isWordings(title) ? (
        <PageLink to={`/sources/${encodeURIComponent(sourceId)}`}>
          <Wording of={title} />
        </PageLink>
      ) : (
        <RecordLink stream={`source-${sourceId}`} />
      )}
      {text('app.comma')}
      <bdi lang="en" dir="auto">
        {locator}
      </bdi>{' '}
      <Standing of={standing} />
      {withdrawn === true && <strong> {text('record.withdrawn')}</strong>}
      {note !== undefined && (
        <span className="note">
          <bdi dir="auto">{note}</bdi>
        </span>
      )}
    </span>
  );
}
