import { useAnswer } from '../api/ledger';
import type { Wordings } from '../i18n/locales';
import { Id, Wording } from './words';

interface PartyProps {
  readonly code: string;
  readonly names?: Wordings;
}

/** A party's name as the ledger has it. */
export function Party({ code, names }: PartyProps) {
  const known = useAnswer('/v1/parties/{code}', { code }, names === undefined);
  const wordings = names ?? (known.data as { readonly names?: Wordings } | undefined)?.names;
  return wordings ? <Wording of={wordings} /> : <Id>{code}</Id>;
}
