import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#shared/errors/coded-error.ts';
import { messages } from './messages.ts';

const en = messages('en');
const de = messages('de');
const { formatters } = createIntl({ locale: 'en' });

interface Part {
  readonly value?: unknown;
  readonly type: number;
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
  readonly children?: readonly Part[];
}

/** In the parser's tree 0 is text and 7 is the number of a plural; everything else takes a value by name. */
function names(parts: readonly Part[]): string[] {
  return parts.flatMap(({ type, value, options, children }) => [
    ...(type === 0 || type === 7 ? [] : [String(value)]),
    ...Object.values(options ?? {}).flatMap((option) => names(option.value)),
    ...names(children ?? []),
  ]);
}

/** Names of the values that a text takes; throws on a malformed one. */
function needs(text: string): string[] {
  return [...new Set(names(formatters.getMessageFormat(text, 'en').getAst()))].sort();
}

describe('texts', () => {
  it('exist in every language', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it('take the same values in every language', () => {
    for (const [id, text] of Object.entries(en)) expect([id, needs(de[id] ?? '')]).toEqual([id, needs(text)]);
  });

  it('can be said', () => {
    for (const [locale, texts] of [
      ['en', en],
      ['de', de],
    ] as const) {
      const problems: string[] = [];
      const intl = createIntl({ locale, messages: texts, onError: (error) => problems.push(error.message) });
      for (const [id, text] of Object.entries(texts)) {
        const said = intl.formatMessage({ id }, Object.fromEntries(needs(text).map((name) => [name, 1])));
        if (typeof said !== 'string' || said === '') problems.push(`${id} says nothing`);
      }
      expect(problems).toEqual([]);
    }
  });

  it('name every error code', () => {
    for (const code of ERROR_CODES) expect(en).toHaveProperty([`errors.${code}`]);
  });
});
