import { MithaqProblem } from '@mithaq/client';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isNotFound } from '../api/ledger';
import { useText } from '../i18n/text';
import { PageLink } from './page-link';

interface AnswerProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What was answered; until then, or instead, a word about it. */
export function Answer<T>({ query: { data, error, isPlaceholderData }, children }: AnswerProps<T>) {
  const text = useText();
  if (data !== undefined) return <div aria-busy={isPlaceholderData}>{children(data)}</div>;
  if (error) return <Failure error={error} />;
  return (
    <p role="status" className="loading">
      {text('app.loading')}
    </p>
  );
}

/** Why there is nothing to show. */
export function Failure({ error }: { readonly error: unknown }) {
  const text = useText();
  const detail = error instanceof MithaqProblem ? error.detail : String(error instanceof Error ? error.message : error);
  return (
    <section role="alert" className="failure">
      <h1>{text(isNotFound(error) ? 'problem.notFound' : 'problem.failed')}</h1>
      <p>
        <bdi lang="en">{detail}</bdi>
      </p>
      <p>
        <PageLink to="/">{text('problem.back')}</PageLink>
      </p>
    </section>
  );
}
