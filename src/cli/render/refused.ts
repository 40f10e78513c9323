import type { RefusedAnswer } from '../../api/refused-commands.controller.js';
import { cleanText } from './text.js';

/** Refused commands, for a terminal: two lines each. */
export const renderRefused = ({ items, next }: RefusedAnswer): string =>
  [
    ...items.flatMap(({ number, refusedAt, actor, commandId, type, kind, reason }) => [
      `${number}  ${refusedAt}  ${cleanText(actor)}  ${cleanText(type)}  ${cleanText(commandId ?? 'without an id')}`,
      `    ${kind}: ${cleanText(reason)}`,
    ]),
    ...(items.length === 0 ? ['None is kept'] : []),
    ...(next === null ? [] : [`More with --before ${next}`]),
  ].join('\n');
