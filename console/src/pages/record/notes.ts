import type { BlamedField } from '../../api/records';

/** A footnote: the event that made some values what they are, and what it cites. */
export interface Note {
  readonly number: number;
  readonly fields: readonly BlamedField[];
}

export interface NotesOfRecord {
  readonly all: readonly Note[];
  /** Those of a field of the record, in the order of their numbers. */
  readonly of: (field: string) => readonly Note[];
}

/** The field of the record that a path begins with. */
const fieldOf = (path: string) => path.split('/')[1];

/** Values that one event made so, citing the same, share a note. */
const sameNote = ({ event, evidence }: BlamedField) => JSON.stringify([event?.eventId, evidence]);

/** Numbers the notes in the order in which the fields are shown. */
export function notesOf(fields: readonly BlamedField[], shown: readonly string[]): NotesOfRecord {
  const groups = new Map<string, BlamedField[]>();
  for (const name of shown) {
    for (const field of fields.filter(({ path, event }) => event !== null && fieldOf(path) === name)) {
      const key = sameNote(field);
      groups.set(key, [...(groups.get(key) ?? []), field]);
    }
  }
  const all = [...groups.values()].map((group, i) => ({ number: i + 1, fields: group }));
  return { all, of: (name) => all.filter((note) => note.fields.some(({ path }) => fieldOf(path) === name)) };
}

/** The fields that a JSON Pointer into the record leads to, grouped as notes are. */
export function fieldsAt(fields: readonly BlamedField[], pointer: string): readonly (readonly BlamedField[])[] {
  const groups = new Map<string, BlamedField[]>();
  for (const field of fields) {
    if (field.path !== pointer && !field.path.startsWith(`${pointer}/`)) continue;
    const key = sameNote(field);
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  return [...groups.values()];
}
