import { useText } from '../i18n/text';
import { PageLink } from '../parts/page-link';

export function NotFoundPage() {
  const text = useText();
  return (
    <section role="alert" className="failure">
      <h1>{text('problem.notFound')}</h1>
      <p>
        <PageLink to="/">{text('problem.back')}</PageLink>
      </p>
    </section>
  );
}
