import type { RawValue, ValueType } from './expression-functions.ts';

/** Gives the value of a field of the row at hand. */
export type Read = (field: string) => RawValue;

/** A checked part of an expression; `type` is `empty` only for the word null. */
export interface Node {
  readonly type: ValueType | 'empty';
  readonly at: number;
  readonly run: (read: Read) => RawValue;
}
