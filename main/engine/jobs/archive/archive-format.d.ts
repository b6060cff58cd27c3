import { z } from 'zod';
import type { Database } from '../../db/database.ts';
/**
 * A workspace in the open: a folder with `manifest.json` and one file of JSON
 * lines a table, each line the array of a row's values in the order of the
 * manifest's columns. Described in docs/workspace-format.md.
 */
export declare const FORMAT = 'quayside-workspace';
export declare const FORMAT_VERSION = 1;
export declare const MANIFEST_FILE = 'manifest.json';
/** Lines `[orderId, person, order as the channel sent it]`; only there when it was asked for. */
export declare const BUYERS_FILE = 'buyers.jsonl';
export declare const manifestSchema: z.ZodObject<
  {
    format: z.ZodLiteral<'quayside-workspace'>;
    version: z.ZodLiteral<1>;
    schema: z.ZodNumber;
    exportedAt: z.ZodISODateTime;
    program: z.ZodString;
    tables: z.ZodArray<
      z.ZodObject<
        {
          name: z.ZodString;
          columns: z.ZodArray<z.ZodString>;
          rows: z.ZodNumber;
          sha256: z.ZodString;
        },
        z.core.$strict
      >
    >;
    buyers: z.ZodNullable<
      z.ZodObject<
        {
          orders: z.ZodNumber;
          sha256: z.ZodString;
        },
        z.core.$strict
      >
    >;
  },
  z.core.$strict
>;
export type Manifest = z.infer<typeof manifestSchema>;
export declare const tableFile: (dir: string, table: string) => string;
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}
/** The tables that leave, in the order of their names; full-text indexes are built again from them. */
export declare function archivedTables(db: Database): TableShape[];
export declare function lineHash(): {
  add(line: string): void;
  hex(): string;
};
