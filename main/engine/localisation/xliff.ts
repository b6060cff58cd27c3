import { PLACEHOLDER } from '#shared/domain/translation/check-translation.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { XmlError, XmlScanner, xmlText } from '#shared/xml/scan-xml.ts';
import type { TextField } from './texts.ts';

export type XliffVersion = '1.2' | '2.0';

export interface TranslationUnit {
  readonly productId: string;
  readonly field: TextField;
  readonly source: string;
  readonly text: string;
}

/** XLIFF of one file. Placeholders stand as `ph`, so that no translator changes them by accident. */
export function toXliff(
  units: readonly TranslationUnit[],
  version: XliffVersion,
  sourceLocale: string,
  locale: string,
): string {
  const old = version === '1.2';
  const body = units.map(({ productId, field, source, text }) => {
    const id = `${productId}.${field}`;
    const pair = `<source>${marked(source, old)}</source>${text === '' ? '' : `<target>${marked(text, old)}</target>`}`;
    return old
      ? `<trans-unit id="${id}" resname="${field}" xml:space="preserve">${pair}</trans-unit>`
      : `<unit id="${id}" name="${field}" xml:space="preserve"><segment>${pair}</segment></unit>`;
  });
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  return old
    ? `${head}<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="quayside" datatype="plaintext" source-language="${sourceLocale}" target-language="${locale}"><body>\n${body.join('\n')}\n</body></file></xliff>\n`
    : `${head}<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="${sourceLocale}" trgLang="${locale}"><file id="quayside">\n${body.join('\n')}\n</file></xliff>\n`;
}

function marked(text: string, old: boolean): string {
  let xml = '';
  let at = 0;
  let n = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    n += 1;
    const mark = xmlText(match[0]);
    xml += xmlText(text.slice(at, match.index));
    xml += old ? `<ph id="${n}">${mark}</ph>` : `<ph id="${n}" equiv="${mark}"/>`;
    at = match.index + match[0].length;
  }
  return xml + xmlText(text.slice(at));
}

/** Units of an XLIFF 1.2 or 2.x file; throws FILE_FORMAT that says what is wrong. */
export function fromXliff(xml: string, file: string): { locale: string | null; units: TranslationUnit[] } {
  const units: TranslationUnit[] = [];
  let locale: string | null = null;
  let root = '';
  let id: string | null = null;
  let part: 'source' | 'target' | null = null;
  let texts = { source: '', target: '' };
  const scanner = new XmlScanner({
    open: (name, at) => {
      if (root === '') root = name;
      if (name === 'xliff') locale = at['trgLang'] ?? locale;
      else if (name === 'file') locale = at['target-language'] ?? locale;
      else if (name === 'trans-unit' || name === 'unit') {
        id = at['id'] ?? '';
        texts = { source: '', target: '' };
      } else if ((name === 'source' || name === 'target') && id !== null) part = name;
      else if (part !== null) texts[part] += at['equiv'] ?? at['disp'] ?? '';
    },
    text: (text) => {
      if (part !== null) texts[part] += text;
    },
    close: (name) => {
      if (name === part) part = null;
      else if ((name === 'trans-unit' || name === 'unit') && id !== null) {
        const dot = id.lastIndexOf('.');
        const field = id.slice(dot + 1) as TextField;
        units.push({
          productId: id.slice(0, Math.max(0, dot)),
          field,
          source: texts.source,
          text: texts.target,
        });
        id = null;
      }
    },
  });
  try {
    scanner.push(xml);
    scanner.end();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const message = `${file} cannot be read as XLIFF (${error.failure}); ask the translator for the file again`;
    throw new CodedError('FILE_FORMAT', message, { file }, { cause: error });
  }
  if (root !== 'xliff') throw new CodedError('FILE_FORMAT', `${file} is no XLIFF file`, { file });
  return { locale, units };
}
