import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly count?: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A part of a page under a heading of its own. */
export function Section({ title, count, children, className }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <header>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <p className="count">{count}</p>}
      </header>
      {children}
    </section>
  );
}
