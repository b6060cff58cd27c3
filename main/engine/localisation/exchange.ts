import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { localeSchema, TEXT_FIELDS } from '#shared/contract/localisation.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { CsvTarget } from '../jobs/export/csv-target.ts';
import { openTable, type TableTarget } from '../jobs/export/open-table.ts';
import { escapeFormula } from '../jobs/import/formula-escape.ts';
import { cellAt, Header } from '../jobs/import/header.ts';
import { readRows } from '../jobs/import/read-records.ts';
import { inspectFile } from '../jobs/import/source-file.ts';
import { cellsOf, editTexts, type TextField } from './texts.ts';
import { fromXliff, toXliff, type TranslationUnit } from './xliff.ts';

const HEADERS = ['Quayside ID', 'field', 'locale', 'source', 'target'] as const;
const MAX_XLIFF = 64 * 1024 * 1024;

/** Texts for a translator, as a table (.csv, .xlsx, .tsv, .json) or as XLIFF (.xlf, .xliff). */
export async function exportTexts(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'localisation.export'>,
): Promise<Result<'localisation.export'>> {
  const cells = cellsOf(journal.db, input.accountId, input.locale, input.only ?? 'all').filter(
    ({ source }) => source !== '',
  );
  const { file } = input;
  if (isXliff(file)) {
    const target = await CsvTarget.open(file, ports.newId(), '');
    return finished(file, cells.length, target, () =>
      target.write(toXliff(cells, input.version ?? '1.2', input.sourceLocale, input.locale)),
    );
  }
  const target = await openTable(file, ports.newId(), HEADERS, new Set());
  return finished(file, cells.length, target, () =>
    target.rows(
      cells.map(({ productId, field, source, text }) =>
        [productId, field, input.locale, source, text].map(escapeFormula),
      ),
    ),
  );
}

async function finished(
  file: string,
  texts: number,
  target: Pick<TableTarget, 'finish' | 'discard'>,
  write: () => Promise<void>,
): Promise<Result<'localisation.export'>> {
  try {
    await write();
    return { file, texts, bytes: await target.finish() };
  } catch (error) {
    throw await target.discard(error);
  }
}

/** A translated file as one command. Blank targets keep; what names no product or field is listed, never dropped. */
export async function importTexts(
  deps: InventoryDeps,
  input: ParsedParams<'localisation.import'>,
  call: InventoryCall,
): Promise<Result<'localisation.import'>> {
  const { file } = input;
  const { locale: own, units } = isXliff(file) ? await readXliff(file) : await readTable(file);
  const locale = input.locale ?? own;
  if (locale === null || !localeSchema.safeParse(locale).success)
    throw new CodedError('BAD_INPUT', `${file} does not say which language it holds; choose one`, { file });
  if (own !== null && own !== locale)
    throw new CodedError('BAD_INPUT', `${file} holds ${own}, not ${locale}`, { file, locale: own });
  const rejected: Result<'localisation.import'>['rejected'] = [];
  const cells = units.filter(({ productId, field, text }) => {
    if (text === '') return false;
    if ((TEXT_FIELDS as readonly string[]).includes(field)) return true;
    const where = `${productId}.${field}`;
    rejected.push({ where, code: 'UNKNOWN_FIELD', message: `There is no text "${field.slice(0, 60)}"` });
    return false;
  });
  const outcome = editTexts(deps, { locale, cells }, call, `Import texts ${basename(file)}`);
  return { ...outcome, rejected: [...rejected, ...outcome.rejected].slice(0, 1_000), locale };
}

function isXliff(file: string): boolean {
  return ['.xlf', '.xliff'].includes(extname(file).toLowerCase());
}

async function readXliff(file: string): Promise<{ locale: string | null; units: TranslationUnit[] }> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > MAX_XLIFF)
      throw new CodedError('FILE_TOO_LARGE', `${file} is larger than 64 MiB; split it`, { file });
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('FILE_UNREADABLE', `${file} cannot be read`, { file }, { cause: error });
  }
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return fromXliff(new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes), file);
}

async function readTable(file: string): Promise<{ locale: string | null; units: TranslationUnit[] }> {
  const source = await inspectFile(file);
  const units: TranslationUnit[] = [];
  const locales = new Set<string>();
  let at: number[] | null = null;
  for await (const { rows } of readRows(source)) {
    for (const { cells } of rows) {
      if (at === null) {
        const header = new Header(cells);
        at = HEADERS.map((name) => header.find(name));
        const missing = HEADERS.find((name, n) => name !== 'locale' && (at?.[n] ?? -1) < 0);
        if (missing !== undefined)
          throw new CodedError('FILE_FORMAT', `${file} has no column "${missing}"; export the texts again`, {
            file,
          });
        continue;
      }
      const [productId = '', field = '', locale = '', original = '', text = ''] = at.map((n) =>
        cellAt(cells, n),
      );
      if (locale !== '') locales.add(locale);
      units.push({ productId, field: field as TextField, source: original, text });
    }
  }
  if (locales.size > 1)
    throw new CodedError(
      'BAD_INPUT',
      `${file} holds ${[...locales].slice(0, 5).join(', ')}; one language a file`,
      {
        file,
      },
    );
  return { locale: [...locales][0] ?? null, units };
}
