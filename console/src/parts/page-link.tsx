import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface PageLinkProps {
  /** `/relationships/MAR-PAK`; what is no letter or digit in an id is encoded. */
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly cite?: string;
}

/** A link to another page at the same point in time. */
export function PageLink({ to, children, className, cite }: PageLinkProps) {
  return (
    <Link to={to} search={cite === undefined ? {} : { cite }} {...(className !== undefined && { className })}>
      {children}
    </Link>
  );
}
