// The edtf package ships no types; only this much of it is used, as a second opinion.
// @ts-expect-error TS7016
import untyped from 'edtf';

export const edtf = untyped as (text: string) => { readonly min: number; readonly max: number };
