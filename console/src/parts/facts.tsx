import type { ReactNode } from 'react';

/** What something is called, and what it is. */
export type Fact = readonly [label: string, value: ReactNode];

interface FactsProps {
  readonly of: readonly Fact[];
  /** How they are set: close together, or as a table with room. */
  readonly className: 'fields' | 'particulars';
}

/** Facts under one another, each by its label. */
export function Facts({ of, className }: FactsProps) {
  return (
    <dl className={className}>
      {of.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
