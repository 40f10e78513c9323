import { addDays, addMonths, type Day } from './day.js';

/** A stretch of time as a calendar counts it: `P90D`, `P6M`, `P1Y6M`, `P2W` (ISO 8601-1:2019, 5.5.2.4, without times). */
export interface Period {
  readonly months: number;
  readonly days: number;
}

const FORM = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$|^P(\d{1,4})W$/;

/** Undefined where the text is no period, or one of more than a century. */
export function parsePeriod(text: string): Period | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [years, months, days, weeks] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const period = { months: years * 12 + months, days: days + weeks * 7 };
  return period.months * 31 + period.days > 36_600 ? undefined : period;
}

export const addPeriod = (day: Day, { months, days }: Period): Day => addDays(addMonths(day, months), days);
