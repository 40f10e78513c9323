import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface PageLinkProps {
  /** `/relationships/MAR-PAK`; what is no letter or digit in an id is encoded. */
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  /** Of the address, beside the point in time. */
  readonly search?: Readonly<Record<string, string>>;
}

/** A link to another page at the same point in time. */
export function PageLink({ to, children, className, search = {} }: PageLinkProps) {
  return (
    <Link to={to} search={search} {...(className !== undefined && { className })}>
      {children}
    </Link>
  );
}
