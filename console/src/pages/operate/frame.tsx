import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text';
import { PageLink } from '../../parts/page-link';

const PAGES = ['streams', 'projections', 'groups', 'log'] as const;

interface FrameProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** What the pages for those who run the ledger have around them. */
export function OperateFrame({ title, children }: FrameProps) {
  const text = useText();
  const { pathname } = useLocation();
  return (
    <>
      <title>{`${title} · ${text('app.name')}`}</title>
      <nav className="operate" aria-label={text('operate.title')}>
        <ul>
          {PAGES.map((page) => (
            <li key={page} data-here={pathname === `/operate/${page}`}>
              <PageLink to={`/operate/${page}`}>{text(`operate.${page}`)}</PageLink>
            </li>
          ))}
        </ul>
      </nav>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      {children}
    </>
  );
}
