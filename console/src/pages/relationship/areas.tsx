import type { Relationship } from '../../api/records';
import { useText } from '../../i18n/text';
import { Section } from '../../parts/section';
import { Standing } from '../../parts/standing';
import { agreementLink } from './records';

/** Areas of cooperation against the agreements that name them. */
export function Areas({ relationship: { areas, agreements } }: { readonly relationship: Relationship }) {
  const text = useText();
  if (areas.length === 0) return null;
  const naming = agreements.filter(({ agreementId }) => areas.some((area) => area.agreementIds.includes(agreementId)));
  return (
    <Section title={text('relationship.areas')}>
      <p className="hint">{text('relationship.areas.note')}</p>
      <div className="scroll" tabIndex={0} role="group" aria-label={text('relationship.areas')}>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{text('relationship.area')}</th>
              {naming.map((agreement) => (
                <th key={agreement.agreementId} scope="col">
                  {agreementLink(agreement)} <Standing of={agreement.standing} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {areas.map(({ code, agreementIds }) => (
              <tr key={code}>
                <th scope="row">{text.code('area', code)}</th>
                {naming.map(({ agreementId }) => (
                  <td key={agreementId}>
                    {agreementIds.includes(agreementId) ? (
                      <>
                        <span className="dot" aria-hidden="true" />
                        <span className="hidden">{text('relationship.covered')}</span>
                      </>
                    ) : (
                      <span aria-hidden="true">·</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
